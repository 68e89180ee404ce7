import type { JsonArray, JsonNode } from '../../simulator/json/node.ts';
import { valueOf } from '../../simulator/json/node.ts';
import { isLoose } from '../../simulator/json/parse.ts';
import type { Path } from '../../simulator/json/place.ts';
import { resolvePath } from '../../simulator/json/place.ts';
import type { TextEdit } from '../documents/edits.ts';
import { applyTextEdits, toTextEdits } from '../documents/edits.ts';
import { SourceDocument, type Span } from '../documents/source.ts';
import { folderOf, relativePath } from './uris.ts';

/** The edits of a `.kms-lens.json`, or why it cannot be edited. */
export type Remembered = { readonly edits: readonly TextEdit[] } | { readonly problem: string };

/**
 * Writes down which policies a principal has. Comments and everything else in the file stay as they are; an empty text
 * becomes a file.
 *
 * @param policies URIs of the policies
 */
export function rememberPolicies(
  uri: string,
  text: string,
  principal: string,
  policies: readonly string[],
): Remembered {
  const original = documentOf(uri, text);
  const problem = whyUneditable(original, principal);
  if (problem) return { problem };
  const folder = folderOf(uri) ?? '';
  const wanted = policies.map((policy) => relativePath(folder, policy));
  const path: Path = ['principals', principal, 'policies'];
  let current = original.parsed.root ? text : withObject(text);
  const listed = listAt(documentOf(uri, current), path);
  if (!listed) current = edited(uri, current, { op: 'set', path, value: wanted });
  else {
    // One after the other, so that each starts from a text that is whole.
    for (const gone of namesIn(listed).filter((name) => !wanted.includes(name)))
      current = withoutElement(documentOf(uri, current), path, gone);
    for (const added of wanted.filter((name) => !namesIn(listed).includes(name))) {
      const at = listAt(documentOf(uri, current), path)?.elements.length ?? 0;
      current = edited(uri, current, { op: 'insert', path: [...path, at], value: added });
    }
  }
  return { edits: difference(original, current) };
}

/** A file of comments alone, or of nothing. */
const withObject = (text: string): string => (text.trim() === '' ? '{}\n' : `${text.trimEnd()}\n{}\n`);

function documentOf(uri: string, text: string): SourceDocument {
  return new SourceDocument({ uri, text, languageId: 'jsonc' });
}

/** A text that is broken, or that has something else where the entry belongs, is left to its owner. */
function whyUneditable({ parsed }: SourceDocument, principal: string): string | undefined {
  const isBroken = parsed.problems.some((problem) => !isLoose(problem) && problem.code !== 'empty');
  if (isBroken) return 'it is no proper JSON';
  if (!parsed.root) return undefined;
  if (parsed.root.type !== 'object') return 'it is no JSON object';
  const principals = valueOf(parsed.root, 'principals');
  if (principals && principals.type !== 'object') return '`principals` is no object';
  const entry = principals && valueOf(principals, principal);
  if (entry && entry.type !== 'object') return `the entry of \`${principal}\` is no object`;
  const policies = entry && valueOf(entry, 'policies');
  const isList = policies?.type === 'array' && policies.elements.every(({ type }) => type === 'string');
  return policies && !isList ? `the \`policies\` of \`${principal}\` are no list of paths` : undefined;
}

function listAt({ parsed: { root } }: SourceDocument, path: Path): JsonArray | undefined {
  const node = root && resolvePath(root, path)?.node;
  return node?.type === 'array' ? node : undefined;
}

const namesIn = ({ elements }: JsonArray): string[] => elements.flatMap((each) => textOf(each) ?? []);

const textOf = (node: JsonNode): string | undefined => (node.type === 'string' ? node.value : undefined);

function edited(uri: string, text: string, edit: Parameters<typeof toTextEdits>[1][number]): string {
  const document = documentOf(uri, text);
  return applyTextEdits(document, toTextEdits(document, [edit]) ?? []);
}

/** Takes a path out of the list with its comma and, where it stood alone, its line. Comments beside it stay. */
function withoutElement(document: SourceDocument, path: Path, name: string): string {
  const { text } = document;
  const list = listAt(document, path);
  const elements = list?.elements ?? [];
  const index = elements.findIndex((each) => textOf(each) === name);
  const element = elements[index];
  if (!list || !element) return text;
  const comma = commaBeside(text, element, elements[index - 1], elements[index + 1] ?? { start: list.end });
  const spans = [element, ...(comma === undefined ? [] : [{ start: comma, end: comma + 1 }])];
  const isWholeLine = /\n[ \t]*$/.test(text.slice(0, element.start)) && /^,?[ \t]*\r?\n/.test(text.slice(element.end));
  if (isWholeLine) {
    const start = text.lastIndexOf('\n', element.start) + 1;
    const line = { start, end: text.indexOf('\n', element.end) + 1 };
    return removed(text, [line, ...spans.filter((span) => span.end <= line.start || line.end <= span.start)]);
  }
  return removed(text, spans);
}

/** The comma after an element, which may be a trailing one, else the one before it; those in comments do not count. */
function commaBeside(
  text: string,
  element: Span,
  previous: Span | undefined,
  next: Pick<Span, 'start'>,
): number | undefined {
  const after = commaIn(text, element.end, next.start);
  const before = previous && commaIn(text, previous.end, element.start);
  return after ?? before;
}

function commaIn(text: string, start: number, end: number): number | undefined {
  const between = text
    .slice(start, end)
    .replace(/\/\/[^\r\n]*|\/\*[\s\S]*?\*\//g, (comment) => ' '.repeat(comment.length));
  const index = between.indexOf(',');
  return index < 0 ? undefined : start + index;
}

function removed(text: string, spans: readonly Span[]): string {
  return [...spans]
    .sort((a, b) => b.start - a.start)
    .reduce((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), text);
}

/** One edit that replaces what differs, and no character more. */
function difference(original: SourceDocument, text: string): TextEdit[] {
  const before = original.text;
  if (before === text) return [];
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start++;
  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === text[text.length - 1 - end]) end++;
  const range = original.rangeOfSpan({ start, end: before.length - end });
  return [{ range, newText: text.slice(start, text.length - end) }];
}
