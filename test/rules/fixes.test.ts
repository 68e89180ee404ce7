import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../server/documents/source.ts';
import { applyFix, textEditsOf } from '../../server/rules/fixes.ts';
import type { Fix } from '../../server/rules/rule.ts';

const text = '{\n  "Version": "2012-10-17",\n  "Statement": { "Sid": "a" }\n}\n';
const document = new SourceDocument({ uri: 'a.key-policy.json', text });

const fixOf = (...edits: Fix['edits']): Fix => ({ title: 'mend it', safe: true, edits });

describe('a fix with one edit', () => {
  test('replaces the characters of a place, and no more', () => {
    const fix = fixOf({ op: 'replace', place: { path: ['Statement', 'Sid'] }, text: '"b"' });
    expect(textEditsOf(document, fix)).toEqual([
      { range: { start: { line: 2, character: 24 }, end: { line: 2, character: 27 } }, newText: '"b"' },
    ]);
  });

  test('replaces characters of a text that is no JSON', () => {
    const broken = new SourceDocument({ uri: 'a.key-policy.json', text: '{,}' });
    expect(applyFix(broken, fixOf({ op: 'span', span: { start: 1, end: 2 }, text: '' }))).toBe('{}');
  });
});

describe('a fix with several edits', () => {
  const both = fixOf(
    {
      op: 'replace',
      place: { path: ['Statement', 'Sid'], part: 'member' },
      text: '"Sid": "longer", "Effect": "Allow"',
    },
    { op: 'set', path: ['Statement', 'Condition', 'Bool', 'aws:SecureTransport'], value: true },
  );

  test('lets each see what the one before has left', () => {
    expect(JSON.parse(applyFix(document, both) ?? '')).toEqual({
      Version: '2012-10-17',
      Statement: { Sid: 'longer', Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': true } } },
    });
  });

  test('is one change, from the first difference to the last', () => {
    const edits = textEditsOf(document, both) ?? [];
    expect(edits).toHaveLength(1);
    expect(edits[0]?.range.start.line).toBe(2);
    expect(edits[0]?.range.end.line).toBe(2);
  });

  test('works in a policy inside the output of get-key-policy', () => {
    const answer = new SourceDocument({
      uri: 'answer.json',
      text: JSON.stringify({ Policy: text, PolicyName: 'default' }),
    });
    const inner: Fix = {
      ...both,
      edits: both.edits.map((edit) =>
        edit.op === 'replace'
          ? { ...edit, place: { ...edit.place, path: ['Policy', ...edit.place.path] } }
          : edit.op === 'span'
            ? edit
            : { ...edit, path: ['Policy', ...edit.path] },
      ),
    };
    expect(JSON.parse(applyFix(answer, inner) ?? '')).toEqual({
      Policy: applyFix(document, both),
      PolicyName: 'default',
    });
  });

  test('that leave the text as it is are no edits', () => {
    const same = { op: 'replace', place: { path: ['Version'] }, text: '"2012-10-17"' } as const;
    expect(textEditsOf(document, fixOf(same, same))).toEqual([]);
  });
});

test('a text that is too broken to be changed has no edits', () => {
  const broken = new SourceDocument({ uri: 'a.key-policy.json', text: '{ "Statement": "x" }' });
  expect(textEditsOf(broken, fixOf({ op: 'set', path: ['Statement', 'Effect'], value: 'Allow' }))).toBeUndefined();
});
