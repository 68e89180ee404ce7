import { expect } from 'vitest';
import { SourceDocument, type Span } from '../../../../server/documents/source.ts';

export interface Marked {
  readonly source: SourceDocument;
  readonly offset: number;
}

/** A scenario with the cursor where `$0` stands. */
export function at(marked: string): Marked {
  const offset = marked.indexOf('$0');
  expect(offset, 'the text has no `$0`').toBeGreaterThanOrEqual(0);
  return { source: scenario(marked.slice(0, offset) + marked.slice(offset + 2)), offset };
}

export const scenario = (text: string): SourceDocument =>
  new SourceDocument({ uri: 'file:///folder/a.kms-scenario.json', text, languageId: 'kms-scenario' });

/** The text with `«»` around the spans. */
export function marks({ text }: SourceDocument, spans: readonly Span[]): string {
  let result = text;
  for (const { start, end } of [...spans].sort((a, b) => b.start - a.start))
    result = `${result.slice(0, start)}«${result.slice(start, end)}»${result.slice(end)}`;
  return result;
}

/** The text after edits that do not overlap. */
export function edited(
  { text }: SourceDocument,
  edits: readonly { readonly span: Span; readonly text: string }[],
): string {
  let result = text;
  for (const { span, text: written } of [...edits].sort((a, b) => b.span.start - a.span.start))
    result = result.slice(0, span.start) + written + result.slice(span.end);
  return result;
}
