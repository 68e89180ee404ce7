import { foldCase, foldCodePoint } from './fold-case.ts';
import type { Glob } from './glob.ts';
import { ANY_ONE, ANY_RUN, globTokens } from './glob-tokens.ts';

/** Whether some text matches both. True, too, for patterns too long to compare. */
export function globsOverlap(a: Glob, b: Glob): boolean {
  if (a.literal !== undefined && (b.ignoreCase || !a.ignoreCase)) return b.matches(a.literal);
  if (b.literal !== undefined && (a.ignoreCase || !b.ignoreCase)) return a.matches(b.literal);
  const fold = a.ignoreCase === true || b.ignoreCase === true;
  const meet = (x: number, y: number) => x === ANY_ONE || y === ANY_ONE || x === y || (fold && sameFolded(x, y));
  return (
    walk(globTokens(a.pattern, a), globTokens(b.pattern, b), (x, y) => {
      if (x === ANY_RUN) return STAY_IN_A | SKIP_A;
      if (y === ANY_RUN) return STAY_IN_B | SKIP_B;
      return meet(x, y) ? BOTH : 0;
    }) ?? true
  );
}

/**
 * Whether `a` matches everything that `b` matches. A yes is always right. A no may be wrong where `?` plays against `*`
 * (`?*` does cover `*a`), and for patterns too long to compare.
 */
export function globCovers(a: Glob, b: Glob): boolean {
  if (a.literal !== undefined) {
    if (b.literal === undefined) return false;
    if (a.ignoreCase) return foldCase(a.literal) === foldCase(b.literal);
    return a.literal === b.literal && (!b.ignoreCase || CASELESS.test(b.literal));
  }
  if (b.literal !== undefined && (a.ignoreCase || !b.ignoreCase)) return a.matches(b.literal);
  const covers = literalCovers(a.ignoreCase === true, b.ignoreCase === true);
  return (
    walk(globTokens(a.pattern, a), globTokens(b.pattern, b), (x, y) => {
      if (x === ANY_RUN) return STAY_IN_A | SKIP_A;
      if (y === ANY_RUN) return 0;
      return x === ANY_ONE || (y !== ANY_ONE && covers(x, y)) ? BOTH : 0;
    }) ?? false
  );
}

/** The run in `a` takes the next token of `b` in, and stays. */
const STAY_IN_A = 1;
/** The run in `a` ends. */
const SKIP_A = 2;
const STAY_IN_B = 4;
const SKIP_B = 8;
const BOTH = 16;

const MOST_STEPS = 4_000_000;

/**
 * Whether both patterns can be walked to their ends, the step deciding how to go on from each pair of tokens; undefined
 * where that would take too long.
 */
function walk(a: readonly number[], b: readonly number[], step: (x: number, y: number) => number): boolean | undefined {
  if (MOST_STEPS < a.length * b.length) return undefined;
  const width = b.length + 1;
  let row = new Uint8Array(width);
  row[0] = 1;
  for (let i = 0; i <= a.length; i++) {
    const next = new Uint8Array(width);
    for (let j = 0; j <= b.length; j++) {
      if (row[j] !== 1) continue;
      const x = a[i];
      const y = b[j];
      const moves = movesFrom(x, y, step);
      if (moves & (SKIP_A | STAY_IN_B)) next[j] = 1;
      if (moves & (STAY_IN_A | SKIP_B) && j < b.length) row[j + 1] = 1;
      if (moves & BOTH) next[j + 1] = 1;
    }
    if (i === a.length) return row[b.length] === 1;
    row = next;
  }
  return false;
}

function movesFrom(x: number | undefined, y: number | undefined, step: (x: number, y: number) => number): number {
  // At an end, all that is left of the other pattern must be runs that match nothing.
  if (x === undefined) return y === ANY_RUN ? step(END, y) & SKIP_B : 0;
  if (y === undefined) return x === ANY_RUN ? SKIP_A : 0;
  return step(x, y);
}

/** No code point: meets nothing but a wildcard. */
const END = -3;

function sameFolded(x: number, y: number): boolean {
  return 0 <= x && 0 <= y && foldCodePoint(x) === foldCodePoint(y);
}

function literalCovers(aIgnoresCase: boolean, bIgnoresCase: boolean): (x: number, y: number) => boolean {
  if (aIgnoresCase) return (x, y) => x === y || sameFolded(x, y);
  if (bIgnoresCase) return (x, y) => x === y && isCaseless(x);
  return (x, y) => x === y;
}

function isCaseless(codePoint: number): boolean {
  return CASELESS.test(String.fromCodePoint(codePoint));
}

/** Characters that are sure to be the only ones that fold to themselves: kept to ASCII, so that a yes needs no Unicode tables. */
const CASELESS = /^[\0-@[-`{-\x7f]*$/;
