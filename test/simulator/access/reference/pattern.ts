import type { ContextOf } from './context.ts';
import type { Truth } from './truth.ts';

/** A character that stands for itself, `*` (any run) or `?` (any one). */
type Token = { readonly literal: string } | 'run' | 'one';

/** `unresolved`: a variable without a value. `unknown`: nobody told the variable's value. */
export type Pattern = readonly Token[] | 'unresolved' | 'unknown';

export interface Reading {
  readonly wildcards: boolean;
  /** The context that variables are read from; undefined where `${…}` means itself. */
  readonly variables: ContextOf | undefined;
}

/** Reads a value of a policy. What a variable stands for is taken literally, wildcards in it included. */
export function readPattern(text: string, { wildcards, variables }: Reading): Pattern {
  const tokens: Token[] = [];
  let isUnknown = false;
  let rest = text;
  while (rest.length > 0) {
    const variable = variables ? /^\$\{([^}]*)\}/.exec(rest) : null;
    if (variable && variables) {
      const value = valueOf(variable[1] ?? '', variables);
      if (value === 'unresolved') return 'unresolved';
      if (value === 'unknown') isUnknown = true;
      else tokens.push(...literals(value));
      rest = rest.slice(variable[0].length);
    } else {
      const [character = ''] = rest;
      if (wildcards && character === '*') tokens.push('run');
      else if (wildcards && character === '?') tokens.push('one');
      else tokens.push({ literal: character });
      rest = rest.slice(character.length);
    }
  }
  return isUnknown ? 'unknown' : tokens;
}

function valueOf(inside: string, context: ContextOf): string {
  if (inside === '*' || inside === '?' || inside === '$') return inside;
  const [, key = inside, fallback] = /^(.*?), '(.*)'$/.exec(inside) ?? [];
  const found = context(key);
  if (found === 'unknown' || found === 'unknown-value') return 'unknown';
  // Only keys with one value can be variables.
  if (found !== 'absent' && found.length === 1) return found[0] ?? '';
  return fallback ?? 'unresolved';
}

function literals(text: string): Token[] {
  return [...text].map((literal) => ({ literal }));
}

export function matches(tokens: readonly Token[], text: string, same = (a: string, b: string) => a === b): boolean {
  const characters = [...text];
  const matchesFrom = (at: number, position: number): boolean => {
    const token = tokens[at];
    const character = characters[position];
    if (token === undefined) return character === undefined;
    if (token === 'run')
      return matchesFrom(at + 1, position) || (character !== undefined && matchesFrom(at, position + 1));
    if (character === undefined) return false;
    return (token === 'one' || same(token.literal, character)) && matchesFrom(at + 1, position + 1);
  };
  return matchesFrom(0, 0);
}

/** Six segments compared one by one; the sixth keeps further colons. What is no ARN matches nothing. */
export function arnMatches(pattern: string, arn: string, variables: ContextOf | undefined): Truth {
  const wanted = segments(pattern);
  const given = segments(arn);
  if (!wanted || !given) return false;
  const truths = wanted.map((segment, index): Truth => {
    const tokens = readPattern(segment, { wildcards: true, variables });
    if (tokens === 'unknown') return 'unknown';
    return tokens !== 'unresolved' && matches(tokens, given[index] ?? '');
  });
  if (truths.includes(false)) return false;
  return truths.includes('unknown') ? 'unknown' : true;
}

/** Colons inside `${…}` do not count. */
export function segments(text: string): readonly string[] | undefined {
  const parts = text.match(/(?:\$\{[^}]*\}|[^:])+|:/g) ?? [];
  const result = [''];
  for (const part of parts) {
    if (part === ':' && result.length < 6) result.push('');
    else result[result.length - 1] += part;
  }
  return result.length === 6 && result[0] === 'arn' ? result : undefined;
}
