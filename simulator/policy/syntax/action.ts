import { hasWildcard } from './arn.ts';
import { compileGlob } from './glob.ts';
import { findExpressions } from './placeholder.ts';
import { NO_PROBLEMS, problem, type Span, type SyntaxProblem, spanOf } from './problem.ts';

export type ActionProblemCode =
  | 'empty'
  | 'space'
  /** No `service:` in front. */
  | 'service-missing'
  | 'service-empty'
  | 'name-empty'
  /** A second colon. */
  | 'colon'
  | 'character'
  /** Actions take no policy variables. */
  | 'variable';

/** What stands in an Action or NotAction element. */
export interface ActionPattern {
  readonly text: string;
  readonly kind: 'pattern' | 'unknown' | 'malformed';
  /** In small letters, since capitals do not count; wildcards included. Empty where it cannot be told. */
  readonly service: string;
  /** What follows the colon, as written; `*` for the bare `*`. */
  readonly name: string;
  readonly serviceSpan: Span;
  readonly nameSpan: Span;
  readonly wildcards: boolean;
  /** `*` or `*:*`: every action of every service. */
  readonly everything: boolean;
  readonly problems: readonly SyntaxProblem<ActionProblemCode>[];
}

/** Reads `service:Name`, in which `*` and `?` may stand anywhere, or `*` (IAM user guide, "Action"). */
export function parseActionPattern(text: string): ActionPattern {
  const colon = text.indexOf(':');
  const serviceSpan = { start: 0, end: Math.max(0, colon) };
  const nameSpan = { start: colon + 1, end: text.length };
  const expressions = findExpressions(text);
  const unknown = expressions.some((each) => each.kind === 'placeholder');
  const problems = unknown ? NO_PROBLEMS : judge(text, serviceSpan, nameSpan, expressions);
  const service = text.slice(0, serviceSpan.end).toLowerCase();
  const name = text.slice(nameSpan.start);
  return {
    text,
    kind: unknown ? 'unknown' : problems.length === 0 ? 'pattern' : 'malformed',
    service: text === '*' ? '*' : service,
    name,
    serviceSpan,
    nameSpan,
    wildcards: hasWildcard(text),
    everything: text === '*' || text === '*:*',
    problems,
  };
}

export interface CompiledAction {
  /** Whether an action such as `kms:Decrypt` matches; capitals do not count. */
  matches(action: string): boolean;
}

/** Compiles a pattern; one that is malformed or unknown matches nothing. */
export function compileAction(pattern: ActionPattern): CompiledAction {
  if (pattern.kind !== 'pattern') return { matches: () => false };
  if (pattern.everything) return { matches: () => true };
  const known = compiled.get(pattern);
  if (known) return known;
  const glob = compileGlob(pattern.text, { ignoreCase: true });
  compiled.set(pattern, glob);
  return glob;
}

/** Many rules ask of the same pattern. */
const compiled = new WeakMap<ActionPattern, CompiledAction>();

/** Those of the given actions, each with its service (`kms:Decrypt`), that the pattern covers, in their order. */
export function expandAction(pattern: ActionPattern, actions: readonly string[]): readonly string[] {
  const glob = compileAction(pattern);
  return actions.filter((action) => glob.matches(action));
}

function judge(
  text: string,
  service: Span,
  name: Span,
  expressions: readonly Span[],
): readonly SyntaxProblem<ActionProblemCode>[] {
  if (text === '*') return NO_PROBLEMS;
  if (text === '') return [problem('empty', spanOf(text))];
  const variable = expressions[0];
  if (variable !== undefined) return [problem('variable', variable)];
  const spaceless = text.replace(/\s+/g, '');
  if (spaceless !== text) return [problem('space', spanOf(text), { suggestion: spaceless })];
  if (service.end === 0 && !text.startsWith(':')) return [missingService(text)];
  if (service.end === 0) return [problem('service-empty', service)];
  if (name.start === name.end) return [problem('name-empty', spanOf(text))];
  const second = text.indexOf(':', name.start);
  if (0 <= second) return [problem('colon', { start: second, end: second + 1 }, { suggestion: '' })];
  const odd = /[^A-Za-z0-9*?:_-]/u.exec(text);
  if (odd === null) return NO_PROBLEMS;
  return [problem('character', { start: odd.index, end: odd.index + odd[0].length }, { detail: odd[0] })];
}

function missingService(text: string): SyntaxProblem<ActionProblemCode> {
  const other = /^([A-Za-z0-9-]+)[./]([A-Za-z0-9*?]+)$/.exec(text);
  const more = other === null ? {} : { suggestion: `${other[1]}:${other[2]}` };
  return problem('service-missing', spanOf(text), more);
}
