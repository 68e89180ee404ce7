import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldCase } from '../../../../simulator/policy/syntax/fold-case.ts';
import { compileGlob } from '../../../../simulator/policy/syntax/glob.ts';
import { globCovers, globsOverlap } from '../../../../simulator/policy/syntax/glob-relation.ts';
import { escapeGlob, globTokens } from '../../../../simulator/policy/syntax/glob-tokens.ts';

/** The definition itself, as slow as it is plain. */
function naive(pattern: readonly string[], value: readonly string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return value.length === 0;
  if (first === '*') return naive(rest, value) || (value.length !== 0 && naive(pattern, value.slice(1)));
  return value.length !== 0 && (first === '?' || first === value[0]) && naive(rest, value.slice(1));
}

const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
const values = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 10 });

describe('compileGlob', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything:/\n', true],
    ['**', 'x', true],
    ['?', '', false],
    ['?', 'a', true],
    ['?', '\u{1F511}', true],
    ['??', '\u{1F511}', false],
    ['*?', '\u{1F511}', true],
    ['a?c', 'a\u{1F511}c', true],
    ['kms:*', 'kms:Decrypt', true],
    ['kms:*', 'kms', false],
    ['*crypt', 'Decrypt', true],
    ['ab*ba', 'aba', false],
    ['ab*ba', 'abba', true],
    ['*a*b*', 'xxbxaxbx', true],
    ['*a*b*', 'xxbxax', false],
    ['a*a*a', 'aa', false],
    ['a.c', 'abc', false],
    ['[a]', 'a', false],
    ['a\\*', 'a\\x', true],
    ['Decrypt', 'decrypt', false],
  ])('%j against %j: %j', (pattern, value, expected) => {
    expect(compileGlob(pattern).matches(value)).toBe(expected);
  });

  it('leaves capitals out of account when told to', () => {
    const glob = compileGlob('KMS:Re*From', { ignoreCase: true });
    expect(glob.matches('kms:reencryptfrom')).toBe(true);
    expect(glob.matches('kms:reencryptto')).toBe(false);
    expect(compileGlob('STRASSE', { ignoreCase: true }).matches('straße')).toBe(false);
    expect(compileGlob('*Σ', { ignoreCase: true }).matches('ΑΣ')).toBe(true);
    expect(compileGlob('?İ', { ignoreCase: true }).matches('xİ')).toBe(true);
  });

  it('takes escapes for plain characters in escaped mode alone', () => {
    const escaped = compileGlob('a${*}b*', { escaped: true });
    expect(escaped.matches('a*bc')).toBe(true);
    expect(escaped.matches('axbc')).toBe(false);
    expect(compileGlob('${?}${$}', { escaped: true }).matches('?$')).toBe(true);
    expect(compileGlob('${?}${$}', { escaped: true }).literal).toBe('?$');
    expect(compileGlob('${*}').matches('${anything}')).toBe(true);
    expect(compileGlob('${*', { escaped: true }).matches('${x')).toBe(true);
    expect(compileGlob('${x}', { escaped: true }).matches('${x}')).toBe(true);
  });

  it('tells literals from patterns', () => {
    expect(compileGlob('kms:Decrypt').literal).toBe('kms:Decrypt');
    expect(compileGlob('kms:Decrypt', { ignoreCase: true }).literal).toBe('kms:Decrypt');
    expect(compileGlob('').literal).toBe('');
    for (const pattern of ['*', '?', 'a*', 'a?']) expect(compileGlob(pattern).literal).toBeUndefined();
  });

  it('agrees with the definition', () => {
    fc.assert(
      fc.property(patterns, values, (pattern, value) => {
        expect(compileGlob(pattern).matches(value)).toBe(naive([...pattern], [...value]));
      }),
      { numRuns: 3000 },
    );
  });

  it('agrees with the definition beyond the basic plane', () => {
    const unit = fc.constantFrom('\u{1F511}', 'a', '*', '?');
    const wide = fc.string({ unit: fc.constantFrom('\u{1F511}', 'a'), maxLength: 6 });
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 6 }), wide, (pattern, value) => {
        expect(compileGlob(pattern).matches(value)).toBe(naive([...pattern], [...value]));
      }),
      { numRuns: 1000 },
    );
  });

  it('agrees with the definition on folded texts', () => {
    const unit = fc.constantFrom('a', 'A', 'ß', 'Σ', 'ς', '*', '?');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 6 }), fc.string({ unit, maxLength: 6 }), (pattern, value) => {
        const expected = naive([...foldCase(pattern)], [...foldCase(value)]);
        expect(compileGlob(pattern, { ignoreCase: true }).matches(value)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('matches exactly the text that was escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, other) => {
        const glob = compileGlob(escapeGlob(text), { escaped: true });
        expect(glob.matches(text)).toBe(true);
        expect(glob.literal).toBe(text);
        expect(glob.matches(other)).toBe(text === other);
      }),
    );
  });

  it('takes any string for a pattern', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), fc.boolean(), (pattern, ignoreCase, escaped) => {
        expect(typeof compileGlob(pattern, { ignoreCase, escaped }).matches(pattern)).toBe('boolean');
      }),
    );
  });

  it('finishes where a backtracking matcher would not', () => {
    const value = 'a'.repeat(100_000);
    expect(compileGlob('*a*a*a*a*b').matches(value)).toBe(false);
    expect(compileGlob('*a*a*a*a*b*').matches(value)).toBe(false);
    expect(compileGlob(`${'*a'.repeat(60)}*b*c`).matches(`${value}c`)).toBe(false);
    expect(compileGlob('*?a?*?a?*b*').matches(value)).toBe(false);
    expect(compileGlob('*?*?*?*?*b').matches(`${value}\u{1F511}`)).toBe(false);
    expect(compileGlob('*a*a*a*a*').matches(value)).toBe(true);
  });

  it('puts neighbouring wildcards in one order', () => {
    expect(globTokens('*?')).toEqual(globTokens('?*'));
    expect(globTokens('a**?*?b')).toEqual(globTokens('a??*b'));
  });
});

describe('globsOverlap', () => {
  it.each([
    ['kms:*', 'kms:Decrypt', true],
    ['kms:De*', 'kms:*crypt', true],
    ['kms:En*', 'kms:De*', false],
    ['*', '', true],
    ['?*', '', false],
    ['a*b', 'b*a', false],
    ['*a*', '*b*', true],
    ['key/*', 'alias/*', false],
    ['s3.*', '?*.?*.amazonaws.com', true],
    ['s3.amazonaws.com', '?*.?*.amazonaws.com', false],
  ])('%j and %j: %j', (a, b, expected) => {
    expect(globsOverlap(compileGlob(a), compileGlob(b))).toBe(expected);
    expect(globsOverlap(compileGlob(b), compileGlob(a))).toBe(expected);
  });

  it('lets capitals meet where either leaves them out of account', () => {
    expect(globsOverlap(compileGlob('KMS:*', { ignoreCase: true }), compileGlob('kms:x'))).toBe(true);
    expect(globsOverlap(compileGlob('KMS:*'), compileGlob('kms:x'))).toBe(false);
  });

  it('is right both ways on small alphabets', () => {
    const every = texts(['a', 'b'], 5);
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 4 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        const one = compileGlob(a);
        const other = compileGlob(b);
        // Two patterns that share a text share one no longer than both together.
        const shared = every.some((text) => one.matches(text) && other.matches(text));
        if (shared) expect(globsOverlap(one, other)).toBe(true);
        if (a.length + b.length <= 5) expect(globsOverlap(one, other)).toBe(shared);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('globCovers', () => {
  it.each([
    ['*', 'anything', true],
    ['*', '*', true],
    ['kms:*', 'kms:Decrypt', true],
    ['kms:*', 'kms:De*', true],
    ['kms:De*', 'kms:*', false],
    ['kms:*', '*', false],
    ['?*', '*?', true],
    ['a?', 'ab', true],
    ['a?', 'a*', false],
    ['*a*', 'xay', true],
    ['*a*b*', 'a*b', true],
    ['a*b', '*a*b*', false],
    ['key/mrk-*', 'key/mrk-12*', true],
    ['', '', true],
    ['', '*', false],
  ])('%j covers %j: %j', (a, b, expected) => {
    expect(globCovers(compileGlob(a), compileGlob(b))).toBe(expected);
  });

  it('minds capitals', () => {
    const folded = (pattern: string) => compileGlob(pattern, { ignoreCase: true });
    expect(globCovers(folded('KMS:*'), compileGlob('kms:Decrypt'))).toBe(true);
    expect(globCovers(folded('KMS:*'), folded('kms:Decrypt'))).toBe(true);
    expect(globCovers(compileGlob('kms:*'), folded('kms:Decrypt'))).toBe(false);
    expect(globCovers(compileGlob('1-*'), folded('1-2'))).toBe(true);
  });

  it('never says yes wrongly, and never no without a ?', () => {
    const every = texts(['a', 'b', 'c'], 6);
    const short = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        const one = compileGlob(a);
        const other = compileGlob(b);
        const counterexample = every.find((text) => other.matches(text) && !one.matches(text));
        if (globCovers(one, other)) expect(counterexample).toBeUndefined();
        else if (!`${a}${b}`.includes('?')) expect(counterexample).toBeDefined();
      }),
      { numRuns: 2000 },
    );
  });

  it('never says yes wrongly whatever the options', () => {
    const short = fc.string({ unit: fc.constantFrom('a', 'A', '*', '?', '${*}', '1'), maxLength: 5 });
    const options = fc.record({ ignoreCase: fc.boolean(), escaped: fc.boolean() });
    const value = fc.string({ unit: fc.constantFrom('a', 'A', '*', '1', '$', '{', '}'), maxLength: 6 });
    fc.assert(
      fc.property(short, options, short, options, value, (a, aOptions, b, bOptions, text) => {
        const one = compileGlob(a, aOptions);
        const other = compileGlob(b, bOptions);
        if (globCovers(one, other) && other.matches(text)) expect(one.matches(text)).toBe(true);
        if (one.matches(text) && other.matches(text)) expect(globsOverlap(one, other)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it('is unsure of patterns that are too long to compare', () => {
    const long = compileGlob(`*${'a'.repeat(3000)}`);
    expect(globCovers(long, long)).toBe(false);
    expect(globsOverlap(long, long)).toBe(true);
  });

  it('is sure of texts without wildcards, however long', () => {
    const long = compileGlob('a'.repeat(3000));
    expect([globCovers(long, long), globsOverlap(long, long)]).toEqual([true, true]);
    const other = compileGlob('b'.repeat(3000));
    expect([globCovers(long, other), globsOverlap(long, other)]).toEqual([false, false]);
    expect(globCovers(long, compileGlob('a'.repeat(3000)))).toBe(true);
    expect(globCovers(long, compileGlob('a'.repeat(3001)))).toBe(false);
    expect(globCovers(long, compileGlob(`${'a'.repeat(2999)}*`))).toBe(false);
  });
});

function texts(letters: readonly string[], longest: number): string[] {
  let last = [''];
  const all = [''];
  for (let length = 1; length <= longest; length++) {
    last = last.flatMap((text) => letters.map((letter) => text + letter));
    all.push(...last);
  }
  return all;
}
