import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ActionProblemCode,
  compileAction,
  expandAction,
  parseActionPattern,
} from '../../../../simulator/policy/syntax/action.ts';

const ACTIONS = ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 's3:GetObject'];

describe('parseActionPattern', () => {
  it('splits service and name', () => {
    expect(parseActionPattern('KMS:ReEncrypt*')).toEqual({
      text: 'KMS:ReEncrypt*',
      kind: 'pattern',
      service: 'kms',
      name: 'ReEncrypt*',
      serviceSpan: { start: 0, end: 3 },
      nameSpan: { start: 4, end: 14 },
      wildcards: true,
      everything: false,
      problems: [],
    });
  });

  it.each(['*', '*:*'])('%s is everything', (text) => {
    expect(parseActionPattern(text)).toMatchObject({ kind: 'pattern', service: '*', name: '*', everything: true });
  });

  it.each(['kms:Decrypt', 'kms:*', 'k*:Decrypt', 'kms:?ecrypt', 'aws-portal:View*', 'kms:DeprecatedName2'])(
    '%s is fine',
    (text) => {
      expect(parseActionPattern(text)).toMatchObject({ kind: 'pattern', everything: false, problems: [] });
    },
  );

  it.each<[string, ActionProblemCode, string, string | undefined]>([
    ['', 'empty', '', undefined],
    ['Decrypt', 'service-missing', 'Decrypt', undefined],
    ['kms*', 'service-missing', 'kms*', undefined],
    ['**', 'service-missing', '**', undefined],
    ['kms.Decrypt', 'service-missing', 'kms.Decrypt', 'kms:Decrypt'],
    ['kms/Decrypt*', 'service-missing', 'kms/Decrypt*', 'kms:Decrypt*'],
    [':Decrypt', 'service-empty', '', undefined],
    ['kms:', 'name-empty', 'kms:', undefined],
    ['kms: Decrypt', 'space', 'kms: Decrypt', 'kms:Decrypt'],
    [' kms:Decrypt\n', 'space', ' kms:Decrypt\n', 'kms:Decrypt'],
    ['kms::Decrypt', 'colon', ':', ''],
    ['kms:Decrypt:x', 'colon', ':', ''],
    ['kms:De,crypt', 'character', ',', undefined],
    ['kms:\u{1F511}', 'character', '\u{1F511}', undefined],
    ['kms:${aws:username}', 'variable', '${aws:username}', undefined],
  ])('%j: %s', (text, code, stretch, suggestion) => {
    const pattern = parseActionPattern(text);
    expect(pattern.kind).toBe('malformed');
    expect(pattern.problems).toHaveLength(1);
    const [found] = pattern.problems;
    expect(found?.code).toBe(code);
    expect(found?.suggestion).toBe(suggestion);
    expect(text.slice(found?.span.start, found?.span.end)).toBe(stretch);
    expect(expandAction(pattern, ACTIONS)).toEqual([]);
  });

  it.each(['kms:${ACTION}', '<action>', '{{ service }}:Decrypt'])('%s is unknown and matches nothing', (text) => {
    const pattern = parseActionPattern(text);
    expect(pattern).toMatchObject({ kind: 'unknown', problems: [] });
    expect(expandAction(pattern, ACTIONS)).toEqual([]);
  });

  it('takes any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const pattern = parseActionPattern(text);
        expect(pattern.kind === 'malformed').toBe(pattern.problems.length !== 0);
        compileAction(pattern).matches(text);
      }),
    );
  });
});

describe('expandAction', () => {
  it.each([
    ['*', ACTIONS],
    ['kms:*', ACTIONS.slice(0, 4)],
    ['KMS:decrypt', ['kms:Decrypt']],
    ['kms:ReEncrypt*', ['kms:ReEncryptFrom', 'kms:ReEncryptTo']],
    ['kms:?ncrypt', ['kms:Encrypt']],
    ['*:*crypt', ['kms:Decrypt', 'kms:Encrypt']],
    ['k*:Decrypt', ['kms:Decrypt']],
    ['kms:Decypt', []],
  ])('%s', (text, expected) => {
    expect(expandAction(parseActionPattern(text), ACTIONS)).toEqual(expected);
  });
});
