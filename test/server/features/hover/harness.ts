import { expect } from 'vitest';
import { helpAt } from '../../../../server/answers/help/at.ts';
import type { HelpAt } from '../../../../server/answers/help/help.ts';
import { type ExamTips, renderHelp, renderTips } from '../../../../server/answers/help/render.ts';
import { SourceDocument, type SourceDocumentInit } from '../../../../server/documents/source.ts';
import { loadKnowledge } from '../../../../server/knowledge/index.ts';
import { topicUrl } from '../../../../server/knowledge/url.ts';

const knowledge = await loadKnowledge();

export interface HoverOptions extends Partial<SourceDocumentInit> {
  /** Off unless a test is about them: topics come and go. */
  readonly examTips?: ExamTips;
  readonly region?: string;
}

/** The hover at `$0` as Markdown; undefined where there is none. Non-breaking spaces are shown as plain ones. */
export function hover(file: string, marked: string, options: HoverOptions = {}): string | undefined {
  const found = at(file, marked, options).found;
  const tips = found && renderTips(found.help.subjects, options.examTips ?? 'off', knowledge, ({ id }) => topicUrl(id));
  const parts = found && [renderHelp(found.help), ...(tips ? [tips] : [])];
  return parts?.join('\n\n---\n\n').replaceAll('\u00a0', ' ');
}

/** The characters that the hover at `$0` is about. */
export function pointedAt(file: string, marked: string, options: HoverOptions = {}): string | undefined {
  const { source, found } = at(file, marked, options);
  return found && source.text.slice(found.span.start, found.span.end);
}

/** The rows of the hover's table by label. */
export function rows(file: string, marked: string, options: HoverOptions = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(at(file, marked, options).found?.help.rows ?? []);
}

/** A key policy with one statement, which holds these members. */
export function statement(members: string): string {
  return `{ "Version": "2012-10-17", "Statement": [{ ${members} }] }`;
}

/** A key policy with one complete statement that has this condition block. */
export function conditioned(block: string): string {
  return statement(
    `"Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/OrdersApi" }, "Action": "kms:Decrypt", "Resource": "*", "Condition": { ${block} }`,
  );
}

function at(
  file: string,
  marked: string,
  { region = 'us-east-1', examTips: _, ...init }: HoverOptions,
): { readonly source: SourceDocument; readonly found: HelpAt | undefined } {
  const offset = marked.indexOf('$0');
  expect(offset, 'the text has no `$0`').toBeGreaterThanOrEqual(0);
  const text = marked.replace('$0', '');
  const source = new SourceDocument({ uri: file, text, ...init });
  return { source, found: helpAt(source, offset, region) };
}
