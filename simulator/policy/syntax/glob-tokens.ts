import { foldCodePoint } from './fold-case.ts';

export interface GlobOptions {
  /** Whether capitals count: action names match without them, ARNs and StringLike with them. */
  readonly ignoreCase?: boolean;
  /** Whether `${*}`, `${?}` and `${$}` stand for the plain characters, as they do in policies of version 2012-10-17. */
  readonly escaped?: boolean;
}

/** Exactly one character, any. */
export const ANY_ONE = -1;
/** Any run of characters, the empty one included. */
export const ANY_RUN = -2;

/**
 * A pattern as code points, {@link ANY_ONE} and {@link ANY_RUN}. Neighbouring wildcards come in one order, the single
 * characters before the run, so that equal patterns such as `*?` and `?**` give equal tokens.
 */
export function globTokens(pattern: string, options: GlobOptions = {}): readonly number[] {
  const tokens: number[] = [];
  let run = false;
  for (let i = 0; i < pattern.length; i++) {
    const plain = options.escaped === true && pattern[i] === '$' ? escapedCharacter(pattern, i) : undefined;
    if (plain === undefined && pattern[i] === '*') {
      run = true;
      continue;
    }
    if (plain === undefined && pattern[i] === '?') {
      tokens.push(ANY_ONE);
      continue;
    }
    if (run) tokens.push(ANY_RUN);
    run = false;
    if (plain !== undefined) {
      tokens.push(plain.charCodeAt(0));
      i += ESCAPE_LENGTH - 1;
      continue;
    }
    const codePoint = pattern.codePointAt(i) ?? 0;
    if (0xffff < codePoint) i++;
    tokens.push(options.ignoreCase === true ? foldCodePoint(codePoint) : codePoint);
  }
  if (run) tokens.push(ANY_RUN);
  return tokens;
}

/** Writes a text so that an escaped pattern matches exactly it. */
export function escapeGlob(text: string): string {
  return text.replace(/[*?$]/g, '${$&}');
}

const ESCAPE_LENGTH = '${*}'.length;

function escapedCharacter(pattern: string, start: number): string | undefined {
  const character = pattern[start + 2];
  if (pattern[start + 1] !== '{' || pattern[start + 3] !== '}') return undefined;
  return character === '*' || character === '?' || character === '$' ? character : undefined;
}
