import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileArnPattern } from '../../../../simulator/policy/syntax/arn-pattern.ts';
import { compileGlob } from '../../../../simulator/policy/syntax/glob.ts';

const KEY = 'arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

describe('compileArnPattern', () => {
  it.each([
    ['*', KEY, true],
    ['*', '*', true],
    [KEY, KEY, true],
    [KEY, KEY.toUpperCase(), false],
    ['arn:aws:kms:*:111122223333:key/*', KEY, true],
    ['arn:aws:kms:us-*-2:1111????3333:key/????????-*', KEY, true],
    ['arn:aws:kms:*:*:*', KEY, true],
    ['arn:aws:*:*:*:*', KEY, true],
    ['arn:aws:kms:us-west-2:111122223333:alias/*', KEY, false],
    ['arn:aws:kms:us-east-1:111122223333:key/*', KEY, false],
    ['arn:aws:kms:*:key/*', KEY, false],
    ['arn:aws:kms:*', KEY, false],
    ['arn:*', KEY, false],
    ['**', KEY, false],
    ['?*', KEY, false],
    ['*:key/*', KEY, false],
    ['arn:aws:kms:us-west-2*:key/*:x', KEY, false],
    ['arn:aws:s3:::bucket/*', 'arn:aws:s3:::bucket/a/b:c', true],
    ['arn:aws:s3:::bucket/*/c', 'arn:aws:s3:::bucket/a:b/c', true],
    ['arn:aws:logs:*:*:log-group:*', 'arn:aws:logs:us-east-1:111122223333:log-group:a:b', true],
    ['arn:aws:iam::*:role/*', 'arn:aws:iam::111122223333:role/a/b/App', true],
    ['arn:aws:iam::?:role/*', 'arn:aws:iam:::role/App', false],
    ['arn:aws:iam::111122223333:role/App', 'not an arn', false],
    ['arn:aws:kms:*:*:*', 'arn:aws:kms:us-west-2:111122223333', false],
    ['not an arn', 'not an arn', false],
    ['', '', false],
  ])('%j against %j: %j', (pattern, arn, expected) => {
    expect(compileArnPattern(pattern).matches(arn)).toBe(expected);
  });

  it('says which patterns match everything and which cannot be read', () => {
    expect(compileArnPattern('*')).toMatchObject({ everything: true, readable: true });
    expect(compileArnPattern(KEY)).toMatchObject({ everything: false, readable: true });
    expect(compileArnPattern('alias/app')).toMatchObject({ everything: false, readable: false });
  });

  describe('in Resource elements', () => {
    const resource = (pattern: string) => compileArnPattern(pattern, { element: 'resource' });

    it.each([
      ['arn:aws:kms:*:*:*', KEY, true],
      ['arn:aws:*:us-west-2:111122223333:key/*', KEY, false],
      ['arn:aws:k?s:us-west-2:111122223333:key/*', KEY, false],
      ['arn:aws:kms', KEY, true],
      ['arn:aws:kms:*', KEY, true],
      ['arn:aws:kms:us-east-1', KEY, false],
      ['arn:aws:kms:us-*:key/*', 'arn:aws:kms:us-west-2:111122223333:key/abc:d', true],
      ['arn:aws', KEY, false],
      ['arn:aws:logs:*:111122223333:*:b', 'arn:aws:logs:us-east-1:111122223333:a:b', true],
      ['arn:aws:logs:*:c:d:*', 'arn:aws:logs:a:b:c:d:e', true],
      ['arn:aws:logs:a*z:c:d:*', 'arn:aws:logs:a:z:c:d:e', false],
    ])('%j against %j: %j', (pattern, arn, expected) => {
      expect(resource(pattern).matches(arn)).toBe(expected);
    });

    it('matches whatever the strict reading matches, and no more than one plain glob would', () => {
      fc.assert(
        fc.property(
          segments,
          fc.array(fc.constantFrom('a', 'b', ''), { minLength: 5, maxLength: 9 }),
          (parts, fields) => {
            const pattern = `arn:aws:kms:${parts.join(':')}`;
            const arn = `arn:aws:kms:${fields.join(':')}`;
            const loose = resource(pattern).matches(arn);
            if (compileArnPattern(pattern).matches(arn)) expect(loose).toBe(true);
            if (loose) expect(compileGlob(pattern).matches(arn)).toBe(true);
          },
        ),
        { numRuns: 2000 },
      );
    });
  });

  it('takes escapes for plain characters when told to', () => {
    const pattern = compileArnPattern('arn:aws:s3:::b/${*}', { escaped: true });
    expect(pattern.matches('arn:aws:s3:::b/*')).toBe(true);
    expect(pattern.matches('arn:aws:s3:::b/x')).toBe(false);
    expect(compileArnPattern('${*}', { escaped: true }).everything).toBe(false);
  });

  it('never lets a wildcard cross a colon of the first five segments', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'b', ':', '/'), maxLength: 8 });
    fc.assert(
      fc.property(segments, fc.tuple(value, value, value), (parts, fields) => {
        const pattern = `arn:aws:kms:${parts.join(':')}`;
        const arn = `arn:aws:kms:${fields.join(':')}`;
        // The same by definition: cut both at the first five colons, compare piece by piece.
        const wanted = cut(pattern);
        const given = cut(arn);
        const expected = wanted.every((part, i) => compileGlob(part).matches(given[i] ?? ''));
        expect(compileArnPattern(pattern).matches(arn)).toBe(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes any string, as pattern and as value', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.constantFrom('condition' as const, 'resource' as const),
        (a, b, element) => {
          expect(typeof compileArnPattern(a, { element }).matches(b)).toBe('boolean');
          expect(typeof compileArnPattern(`arn:aws:s3:${a}`, { element }).matches(`arn:aws:s3:${b}`)).toBe('boolean');
        },
      ),
    );
  });
});

const segment = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 3 });
const segments = fc.tuple(segment, segment, segment);

function cut(text: string): string[] {
  const parts = text.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}
