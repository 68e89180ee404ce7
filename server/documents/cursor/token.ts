import type { Span } from '../source.ts';
import type { Touched } from './tokens.ts';

/** What of the text is replaced by what is written at the cursor. */
export interface CursorToken extends Span {
  readonly type: 'none' | 'word' | 'string';
  /** What stands between the quotes, of a string that has both. */
  readonly inner: Span | undefined;
  /** The string has no end, and text that belongs to what follows looked like a part of it. */
  readonly hides: boolean;
}

export function tokenAt(text: string, touched: Touched | undefined, offset: number): CursorToken {
  if (!touched) return { type: 'none', start: offset, end: offset, inner: undefined, hides: false };
  const { type, start, end } = touched;
  if (type === 'word') return { type, start, end, inner: undefined, hides: false };
  if (touched.closed && !runsOn(text, end))
    return { type, start, end, inner: { start: start + 1, end: end - 1 }, hides: false };
  const stop = endOfWord(text, Math.max(offset, start + 1));
  return { type, start, end: stop, inner: undefined, hides: touched.closed || text.slice(stop, end).trim() !== '' };
}

/**
 * Whether the quote in front of `at` opens a string rather than closes one: in `"Al, "Action": …` the string that
 * nobody closed ends with the quote of the next one, whose text follows at once.
 */
const runsOn = (text: string, at: number): boolean => /[\w*$./-]/.test(text.charAt(at));

/** The word that a string without an end was to hold; a colon belongs to it where more of the word follows. */
function endOfWord(text: string, from: number): number {
  const word = /(?:[\w*?./@+=$-]|:(?=[\w*]))*/y;
  word.lastIndex = from;
  return from + (word.exec(text)?.[0].length ?? 0);
}
