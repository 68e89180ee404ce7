import { expect } from 'vitest';
import { completionsAt } from '../../../../server/answers/completion/completions.ts';
import type { WorkspacePolicies } from '../../../../server/answers/completion/context.ts';
import { resolved } from '../../../../server/answers/completion/snippet.ts';
import type { Written } from '../../../../server/answers/completion/write.ts';
import { SourceDocument } from '../../../../server/documents/source.ts';
import { parseJson } from '../../../../simulator/json/parse.ts';

export interface Given {
  readonly languageId?: string;
  /** Other open documents, by their file names. */
  readonly others?: Readonly<Record<string, string>>;
  readonly account?: string;
  readonly region?: string;
  readonly jsonService?: boolean;
  readonly workspace?: WorkspacePolicies;
}

/** The labels of what is offered where `$0` stands in the text, in their order; undefined where nothing can be written. */
export function labels(file: string, marked: string, given: Given = {}): readonly string[] | undefined {
  return offered(file, marked, given)?.map(({ offer }) => offer.label);
}

export function offered(file: string, marked: string, given: Given = {}): readonly Written[] | undefined {
  const offset = marked.indexOf('$0');
  expect(offset, 'the text has no $0').toBeGreaterThanOrEqual(0);
  return completions(file, marked.slice(0, offset) + marked.slice(offset + 2), offset, given);
}

export function completions(
  file: string,
  text: string,
  offset: number,
  given: Given = {},
): readonly Written[] | undefined {
  const { others = {}, account = '', region = 'us-east-1', jsonService = false, languageId = 'json' } = given;
  return completionsAt(new SourceDocument({ uri: `file:///${file}`, text, languageId }), offset, {
    others: Object.entries(others).map(([name, each]) => new SourceDocument({ uri: `file:///${name}`, text: each })),
    account,
    region,
    jsonService,
    ...(given.workspace ? { workspace: given.workspace } : {}),
  });
}

/** The text after the offer with this label was taken where `$0` stands, with nothing filled in. */
export function taken(file: string, marked: string, label: string, given: Given = {}): string {
  const all = offered(file, marked, given) ?? [];
  const written = all.find(({ offer }) => offer.label === label);
  expect(written, `no \`${label}\` among ${all.map(({ offer }) => offer.label).join(', ')}`).toBeDefined();
  return written ? apply(written, marked.replace('$0', '')) : '';
}

/** What the edits of an offer make of the text; with `keepRest`, the rest of the word behind the cursor stays. */
export function apply({ span, text: snippet, before }: Written, text: string, keepRest?: number): string {
  const replaced = text.slice(0, span.start) + resolved(snippet) + text.slice(keepRest ?? span.end);
  if (!before) return replaced;
  expect(before.at).toBeLessThan(span.start);
  return replaced.slice(0, before.at) + before.text + replaced.slice(before.at);
}

export function isJson(text: string): boolean {
  return parseJson(text).problems.length === 0;
}

/** A policy around the members of one statement. */
export const statement = (members: string): string => `{"Version": "2012-10-17", "Statement": [{${members}}]}`;
