import { type FormattingOptions, modify } from 'jsonc-parser';
import type { JsonNode } from '../../simulator/json/node.ts';
import type { Path, Place } from '../../simulator/json/place.ts';
import { resolvePath } from '../../simulator/json/place.ts';
import { escapeForString } from '../../simulator/json/strings.ts';
import type { Range } from '../protocol.ts';
import type { SourceDocument, Span } from './source.ts';

/** A change of a document in the document's own terms; formatting, escapes and commas follow from the text. */
export type DocumentEdit =
  /** Replaces the characters of a place by JSON text; with a span, by characters of that string. */
  | { readonly op: 'replace'; readonly place: Place; readonly text: string }
  /** Sets the value at a path, or adds the member. `before` names the member that a new one goes in front of. */
  | { readonly op: 'set'; readonly path: Path; readonly value: unknown; readonly before?: string }
  /** Puts a value into an array, at the index that ends the path. */
  | { readonly op: 'insert'; readonly path: Path; readonly value: unknown }
  /** Removes a member or an array's element, its comma included. */
  | { readonly op: 'remove'; readonly path: Path };

export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/** The edits of the text that make a change; undefined where the text is too broken to be changed safely. */
export function toTextEdits(document: SourceDocument, edits: readonly DocumentEdit[]): TextEdit[] | undefined {
  const result: TextEdit[] = [];
  for (const edit of edits) {
    const made = edit.op === 'replace' ? replace(document, edit) : restructure(document, edit);
    if (!made) return undefined;
    result.push(...made);
  }
  return result;
}

/** Applies edits that do not overlap to a text. */
export function applyTextEdits(document: SourceDocument, edits: readonly TextEdit[]): string {
  const spans = edits.map(({ range, newText }) => ({
    start: document.offsetAt(range.start),
    end: document.offsetAt(range.end),
    newText,
  }));
  spans.sort((a, b) => b.start - a.start || b.end - a.end);
  return spans.reduce(
    (text, { start, end, newText }) => text.slice(0, start) + newText + text.slice(end),
    document.text,
  );
}

/** One edit that replaces what differs, and no character more; none where nothing does. */
export function editsBetween(document: SourceDocument, text: string): TextEdit[] {
  const { start, end, newText } = difference(document.text, text);
  return start === end && newText === '' ? [] : [{ range: document.rangeOfSpan({ start, end }), newText }];
}

/** The same for the text of the policy in the document, which may be that of a string. */
export function editsOfPolicy(document: SourceDocument, text: string): TextEdit[] {
  const { text: before, outer } = document.policy ?? { text: document.text, outer: undefined };
  if (!outer || before === text) return editsBetween(document, text);
  const { start, end, newText } = difference(before, text);
  const range = document.rangeOfSpan({ start: outer(start), end: outer(end) });
  return [{ range, newText: escapeForString(newText) }];
}

function difference(before: string, text: string): Span & { readonly newText: string } {
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start++;
  let same = 0;
  while (same < most - start && before[before.length - 1 - same] === text[text.length - 1 - same]) same++;
  return { start, end: before.length - same, newText: text.slice(start, text.length - same) };
}

/** By how much a text indents: that of the first line that is indented. */
export function indentOf(text: string): string {
  return /[\r\n]([ \t]+)\S/.exec(text)?.[1] ?? '  ';
}

/** How the lines of a text end. */
export function lineEndOf(text: string): string {
  return /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
}

function replace(document: SourceDocument, edit: DocumentEdit & { op: 'replace' }): TextEdit[] {
  const text = edit.place.span ? escapeForString(edit.text) : edit.text;
  const isInner = isInnerPath(document, edit.place.path);
  return [{ range: document.rangeOf(edit.place), newText: isInner ? escapeForString(text) : text }];
}

/** The text that an edit's path leads into: the document's, or that of the policy inside get-key-policy output. */
interface Site {
  readonly text: string;
  readonly root: JsonNode | undefined;
  readonly path: Path;
  /** Replaces characters of `text`. */
  edit(span: Span, content: string): TextEdit;
}

function siteOf(document: SourceDocument, path: Path): Site {
  const source = document.policy;
  const inner = source?.outer && isInnerPath(document, path) ? source : undefined;
  const outer = inner?.outer;
  if (!inner || !outer)
    return {
      text: document.text,
      root: document.parsed.root,
      path,
      edit: (span, content) => ({ range: document.rangeOfSpan(span), newText: content }),
    };
  return {
    text: inner.text,
    root: inner.parsed.root,
    path: path.slice(inner.base.length),
    edit: ({ start, end }, content) => ({
      range: document.rangeOfSpan({ start: outer(start), end: outer(end) }),
      newText: escapeForString(content),
    }),
  };
}

function restructure(document: SourceDocument, edit: Exclude<DocumentEdit, { op: 'replace' }>): TextEdit[] | undefined {
  const site = siteOf(document, edit.path);
  return edit.op === 'remove' ? remove(site) : put(site, edit);
}

/** Takes a member or an element out with one comma; its neighbours stay as they were. */
function remove({ text, root, path, edit }: Site): TextEdit[] | undefined {
  const parent = root && resolvePath(root, path.slice(0, -1))?.node;
  const step = path.at(-1);
  const all = parent?.type === 'object' ? parent.members : parent?.type === 'array' ? parent.elements : [];
  const index =
    parent?.type === 'object' ? parent.members.findLastIndex(({ key }) => key.value === step) : Number(step);
  const item = all[index];
  if (!item) return undefined;
  const before = all[index - 1];
  const after = all[index + 1];
  if (before) return [edit({ start: before.end, end: item.end }, '')];
  if (after) return [edit({ start: item.start, end: after.start }, '')];
  // Alone it may have a comma after it all the same, which would be left.
  const { length = 0 } = /^\s*,/.exec(text.slice(item.end))?.[0] ?? '';
  return [edit({ start: item.start, end: item.end + length }, '')];
}

function put(
  { text, root, path, edit }: Site,
  change: DocumentEdit & { op: 'set' | 'insert' },
): TextEdit[] | undefined {
  const before = change.op === 'set' ? change.before : undefined;
  const parent = root && resolvePath(root, path.slice(0, -1))?.node;
  const index = parent?.type === 'object' ? parent.members.findIndex(({ key }) => key.value === before) : -1;
  try {
    const made = modify(text, [...path], change.value, {
      formattingOptions: formattingOf(text),
      isArrayInsertion: change.op === 'insert',
      ...(0 <= index ? { getInsertionIndex: () => index } : {}),
    });
    return made.map(({ offset, length, content }) => edit({ start: offset, end: offset + length }, content));
  } catch {
    // jsonc-parser refuses paths that cross a broken part of the text.
    return undefined;
  }
}

const isInnerPath = (document: SourceDocument, path: Path): boolean => {
  const base = document.policy?.outer ? document.policy.base : undefined;
  return base !== undefined && path.length > base.length && base.every((step, index) => path[index] === step);
};

function formattingOf(text: string): FormattingOptions {
  const indent = indentOf(text);
  const isTab = indent.startsWith('\t');
  return { insertSpaces: !isTab, tabSize: isTab ? 1 : indent.length, eol: lineEndOf(text) };
}
