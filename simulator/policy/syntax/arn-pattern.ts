import { fieldColons, hasWildcard } from './arn.ts';
import { compileGlob, type Glob } from './glob.ts';

export interface ArnPatternOptions {
  /**
   * Where the pattern stands. `condition` (the default) compares the six segments one by one, as the Arn operators do.
   * `resource` adds what the IAM user guide says of the Resource element: no wildcard in the service segment, a `*` that
   * ends a segment may run on past colons, and segments that are missing at the end stand for `*` (documented for
   * identity policies).
   */
  readonly element?: 'condition' | 'resource';
  /** Whether `${*}`, `${?}` and `${$}` stand for the plain characters. */
  readonly escaped?: boolean;
}

export interface ArnPattern {
  readonly pattern: string;
  /** `"*"`: matches whatever it is compared with, ARN or not. */
  readonly everything: boolean;
  /** False for a pattern that is no ARN: it matches nothing. */
  readonly readable: boolean;
  /** Whether the ARN matches; a text that is no ARN never does. Case-sensitive. */
  matches(arn: string): boolean;
}

/**
 * Compiles an ARN pattern. `*` and `?` span `/` but not `:`, except in the resource segment, which keeps its colons.
 * What is no ARN, as pattern or as value, never matches.
 */
export function compileArnPattern(pattern: string, options: ArnPatternOptions = {}): ArnPattern {
  if (pattern === '*') return { pattern, everything: true, readable: true, matches: () => true };
  const matches = matcher(pattern, options);
  if (matches === undefined) return { pattern, everything: false, readable: false, matches: () => false };
  return { pattern, everything: false, readable: true, matches };
}

type Matcher = (arn: string) => boolean;

function matcher(pattern: string, { element = 'condition', escaped = false }: ArnPatternOptions): Matcher | undefined {
  if (!pattern.startsWith('arn:')) return undefined;
  const segments = split(pattern);
  const inResource = element === 'resource';
  if (inResource && hasWildcard(segments[2] ?? '*')) return undefined;
  if (segments.length < 6 && !inResource) return undefined;
  const written = segments.length;
  while (segments.length < 6) segments.push('*');
  const globs = segments.map((segment) => compileGlob(segment, { escaped }));
  const literals = globs.map((glob) => glob.literal);
  const head = literals.slice(0, 5).every((literal) => literal !== undefined && !literal.includes(':'))
    ? `${literals.slice(0, 5).join(':')}:`
    : undefined;
  const resource = globs[5];
  if (head !== undefined && resource !== undefined) return behind(head, resource);
  const runsOn = inResource && segments.slice(0, written).some((segment, i) => i < 5 && segment.endsWith('*'));
  if (!runsOn) return (arn) => matchesSegments(globs, arn);
  // What matches segment by segment needs no wildcard to run on.
  return (arn) => matchesSegments(globs, arn) || matchesRunningOn(globs, arn);
}

/** The first five segments are plain text: almost all patterns are like that, and no segment need be cut out. */
function behind(head: string, resource: Glob): Matcher {
  if (resource.literal !== undefined) {
    const whole = head + resource.literal;
    return (arn) => arn === whole;
  }
  return (arn) => arn.startsWith(head) && resource.matches(arn.slice(head.length));
}

function split(pattern: string): string[] {
  const segments: string[] = [];
  let start = 0;
  for (const colon of fieldColons(pattern)) {
    segments.push(pattern.slice(start, colon));
    start = colon + 1;
  }
  segments.push(pattern.slice(start));
  return segments;
}

function matchesSegments(globs: readonly Glob[], arn: string): boolean {
  if (!arn.startsWith('arn:')) return false;
  // Where all six segments lie is found before any is compared: a value with fewer is no ARN.
  const starts = [0];
  let start = 0;
  for (let i = 0; i < 5; i++) {
    const colon = arn.indexOf(':', start);
    if (colon < 0) return false;
    start = colon + 1;
    starts.push(start);
  }
  for (let i = 5; 0 <= i; i--) {
    const from = starts[i] ?? 0;
    const end = i === 5 ? arn.length : (starts[i + 1] ?? 0) - 1;
    if (globs[i]?.matches(arn.slice(from, end)) !== true) return false;
  }
  return true;
}

/**
 * The same where a `*` at the end of a segment may take further segments in. Once such a segment matches, the next one
 * may start after any later colon, so the places that can be reached are always those from some field on, or one field.
 */
function matchesRunningOn(globs: readonly Glob[], arn: string): boolean {
  const fields = arn.split(':');
  if (!arn.startsWith('arn:') || fields.length < 6) return false;
  let reachable = new Set([0]);
  for (let i = 0; i < 5; i++) {
    const glob = globs[i];
    if (glob === undefined) return false;
    const next = new Set<number>();
    for (const field of reachable) {
      if (!glob.matches(fields[field] ?? '')) continue;
      next.add(field + 1);
      if (!glob.pattern.endsWith('*')) continue;
      for (let later = field + 2; later < fields.length; later++) next.add(later);
      break;
    }
    reachable = next;
  }
  const resource = globs[5];
  for (const field of reachable) {
    if (field < fields.length && resource?.matches(fields.slice(field).join(':')) === true) return true;
  }
  return false;
}
