import { type Expression, findExpressions } from './placeholder.ts';
import { NO_PROBLEMS, problem, type Span, type SyntaxProblem } from './problem.ts';

export type VariableProblemCode =
  /** `${` without `}`. */
  | 'missing-brace'
  /** `${}`. */
  | 'empty'
  /** Spaces inside the braces, other than the one before a default value. */
  | 'space'
  /** A default value without single quotes around it. */
  | 'missing-quote'
  /** A default value that `, ` does not separate. */
  | 'separator'
  | 'nested'
  /** A variable in a policy whose Version knows none: it is taken literally. */
  | 'version';

export type TemplatePart =
  | { readonly kind: 'literal'; readonly text: string; readonly span: Span }
  | {
      readonly kind: 'variable';
      /** The condition key, as written. */
      readonly key: string;
      /** What stands in for a key that the request does not have. */
      readonly default: string | undefined;
      readonly span: Span;
    }
  /** `${*}`, `${?}` or `${$}`: the plain character. */
  | { readonly kind: 'escape'; readonly character: '*' | '?' | '$'; readonly span: Span }
  /** An expression of another tool: what AWS will see there is unknown. */
  | { readonly kind: 'placeholder'; readonly text: string; readonly span: Span };

/** A value of a policy, its variables found. */
export interface Template {
  readonly text: string;
  readonly parts: readonly TemplatePart[];
  /** The condition keys of its variables, as written, each once. */
  readonly variables: readonly string[];
  readonly hasPlaceholder: boolean;
  readonly problems: readonly SyntaxProblem<VariableProblemCode>[];
}

export interface TemplateOptions {
  /** The policy's Version element; variables exist in `2012-10-17` alone and are literal text elsewhere. */
  readonly version: string | undefined;
}

/**
 * Finds the policy variables of a value: `${key}`, `${key, 'default'}`, `${*}`, `${?}`, `${$}` (IAM user guide, "IAM
 * policy elements: Variables and tags").
 */
export function parseTemplate(text: string, options: TemplateOptions): Template {
  const active = options.version === '2012-10-17';
  const expressions = findExpressions(text);
  if (expressions.length === 0 && !text.includes('${')) return plain(text);
  const parts: TemplatePart[] = [];
  const problems: SyntaxProblem<VariableProblemCode>[] = [];
  let end = 0;
  for (const expression of expressions) {
    literal(end, expression.start);
    if (expression.kind === 'placeholder') {
      parts.push({ kind: 'placeholder', text: text.slice(expression.start, expression.end), span: spanOf(expression) });
    } else if (active) {
      parts.push(readVariable(text, expression, problems));
    } else {
      problems.push(problem('version', expression));
      parts.push({ kind: 'literal', text: text.slice(expression.start, expression.end), span: spanOf(expression) });
    }
    end = expression.end;
  }
  literal(end, text.length);
  const variables = parts.flatMap((part) => (part.kind === 'variable' ? [part.key] : []));
  return {
    text,
    parts,
    variables: [...new Set(variables)],
    hasPlaceholder: expressions.some((each) => each.kind === 'placeholder'),
    problems: problems.length === 0 ? NO_PROBLEMS : problems,
  };

  function literal(start: number, stop: number): void {
    if (start === stop) return;
    const written = text.slice(start, stop);
    parts.push({ kind: 'literal', text: written, span: { start, end: stop } });
    const open = active ? written.indexOf('${') : -1;
    if (0 <= open) problems.push(problem('missing-brace', { start: start + open, end: stop }));
  }
}

function plain(text: string): Template {
  const parts: readonly TemplatePart[] =
    text === '' ? [] : [{ kind: 'literal', text, span: { start: 0, end: text.length } }];
  return { text, parts, variables: [], hasPlaceholder: false, problems: NO_PROBLEMS };
}

function spanOf({ start, end }: Span): Span {
  return { start, end };
}

function readVariable(
  text: string,
  expression: Expression,
  problems: SyntaxProblem<VariableProblemCode>[],
): TemplatePart {
  const span = spanOf(expression);
  const content = text.slice(span.start + 2, span.end - 1);
  if (content === '*' || content === '?' || content === '$') return { kind: 'escape', character: content, span };
  const asText: TemplatePart = { kind: 'literal', text: text.slice(span.start, span.end), span };
  if (content.trim() === '') {
    problems.push(problem('empty', span));
    return asText;
  }
  if (content.includes('${')) {
    problems.push(problem('nested', span));
    return asText;
  }
  const comma = content.indexOf(',');
  const written = comma < 0 ? content : content.slice(0, comma);
  const key = written.trim();
  if (/\s/.test(written)) {
    const rest = comma < 0 ? '' : content.slice(comma);
    problems.push(problem('space', span, { suggestion: `\${${written.replace(/\s+/g, '')}${rest}}` }));
  }
  return { kind: 'variable', key, default: comma < 0 ? undefined : readDefault(), span };

  function readDefault(): string {
    const after = content.slice(comma + 1);
    const value = after.trim();
    const inner = /^'([^']*)'$/s.exec(value)?.[1];
    const mended = `\${${key}, '${value.replace(/^['"]|['"]$/g, '')}'}`;
    if (inner === undefined) problems.push(problem('missing-quote', span, { suggestion: mended }));
    else if (after !== ` ${value}`) problems.push(problem('separator', span, { suggestion: mended }));
    return inner ?? value.replace(/^['"]|['"]$/g, '');
  }
}
