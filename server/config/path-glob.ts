import { compileGlob, type Glob } from '../../simulator/policy/syntax/glob.ts';

/** A pattern for paths with `/` between their parts. */
export interface PathGlob {
  readonly pattern: string;
  matches(path: string): boolean;
}

/** Any number of folders, none included. */
const ANY_DEPTH = '**';

/** `*` and `?` stand for characters within a part, `**` for any number of parts: `policies/**` is everything below. */
export function compilePathGlob(pattern: string): PathGlob {
  const parts = pattern
    .replace(/^\.\//, '')
    .split('/')
    .filter((part, index, all) => part !== ANY_DEPTH || all[index - 1] !== ANY_DEPTH)
    .map((part) => (part === ANY_DEPTH ? ANY_DEPTH : compileGlob(part)));
  return { pattern, matches: (path) => matchesParts(parts, path.split('/')) };
}

/** Remembers up to which patterns each part of the path can be reached, so that many `**` cost no more than their number. */
function matchesParts(patterns: readonly (Glob | typeof ANY_DEPTH)[], parts: readonly string[]): boolean {
  let reached = closed(new Set([0]), patterns);
  for (const part of parts) {
    const next = new Set<number>();
    for (const at of reached) {
      const pattern = patterns[at];
      if (pattern === ANY_DEPTH) next.add(at);
      else if (pattern?.matches(part)) next.add(at + 1);
    }
    reached = closed(next, patterns);
  }
  return reached.has(patterns.length);
}

/** A `**` may stand for nothing. */
function closed(reached: Set<number>, patterns: readonly unknown[]): Set<number> {
  for (const at of reached) if (patterns[at] === ANY_DEPTH) reached.add(at + 1);
  return reached;
}
