/** A stretch of the given string, in UTF-16 code units from 0. */
export interface Span {
  readonly start: number;
  /** The offset after the last character. */
  readonly end: number;
}

/** Something wrong with a string that a parser read. The parser still gives a value; rules decide how bad it is. */
export interface SyntaxProblem<Code extends string = string> {
  readonly code: Code;
  readonly span: Span;
  /** What exactly was found, where the code alone does not say it. */
  readonly detail?: string;
  /** The text to put in place of the span. */
  readonly suggestion?: string;
}

/** Shared by everything that has no problems, so that the common case allocates nothing. */
export const NO_PROBLEMS: readonly never[] = Object.freeze([]);

export function problem<Code extends string>(
  code: Code,
  span: Span,
  more?: { readonly detail?: string; readonly suggestion?: string },
): SyntaxProblem<Code> {
  return { code, span: { start: span.start, end: span.end }, ...more };
}

export function spanOf(text: string): Span {
  return { start: 0, end: text.length };
}
