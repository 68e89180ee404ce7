import { hasPlaceholder } from './placeholder.ts';
import { NO_PROBLEMS, problem, type SyntaxProblem, spanOf } from './problem.ts';

/** What reading a condition value of some type gives. Problems of a readable value are oddities that AWS may accept. */
export type ParsedValue<T, Code extends string = string> = {
  readonly text: string;
  readonly problems: readonly SyntaxProblem<Code>[];
} & (
  | { readonly kind: 'value'; readonly value: T }
  /** A placeholder stands in it. */
  | { readonly kind: 'unknown'; readonly value: undefined }
  /** Nothing of the type: no request matches it. */
  | { readonly kind: 'malformed'; readonly value: undefined }
);

export function readable<T, Code extends string>(
  text: string,
  value: T,
  problems: readonly SyntaxProblem<Code>[] = NO_PROBLEMS,
): ParsedValue<T, Code> {
  return { text, kind: 'value', value, problems };
}

/** Unknown where a placeholder stands in the text; else malformed, with this problem over the whole text. */
export function unreadable<Code extends string>(
  text: string,
  code: Code,
  suggestion?: string,
): ParsedValue<never, Code> {
  if (hasPlaceholder(text)) return { text, kind: 'unknown', value: undefined, problems: NO_PROBLEMS };
  const found = problem(code, spanOf(text), suggestion === undefined ? {} : { suggestion });
  return { text, kind: 'malformed', value: undefined, problems: [found] };
}
