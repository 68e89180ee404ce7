import { type FormattingOptions, modify } from 'jsonc-parser';
import type { Path, Place } from '../../simulator/json/place.ts';
import { resolvePath } from '../../simulator/json/place.ts';
import { escapeForString } from '../../simulator/json/strings.ts';
import type { Range } from '../protocol.ts';
import type { SourceDocument } from './source.ts';

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

function replace(document: SourceDocument, edit: DocumentEdit & { op: 'replace' }): TextEdit[] {
  const text = edit.place.span ? escapeForString(edit.text) : edit.text;
  const isInner = isInnerPath(document, edit.place.path);
  return [{ range: document.rangeOf(edit.place), newText: isInner ? escapeForString(text) : text }];
}

function restructure(document: SourceDocument, edit: Exclude<DocumentEdit, { op: 'replace' }>): TextEdit[] | undefined {
  const source = document.policy;
  const inner = source?.outer && isInnerPath(document, edit.path) ? source : undefined;
  const text = inner?.text ?? document.text;
  const path = [...(inner ? edit.path.slice(inner.base.length) : edit.path)];
  const root = inner ? inner.parsed.root : document.parsed.root;
  const before = edit.op === 'set' ? edit.before : undefined;
  const parent = root && resolvePath(root, path.slice(0, -1))?.node;
  const index = parent?.type === 'object' ? parent.members.findIndex(({ key }) => key.value === before) : -1;
  try {
    const made = modify(text, path, edit.op === 'remove' ? undefined : edit.value, {
      formattingOptions: formattingOf(text),
      isArrayInsertion: edit.op === 'insert',
      ...(0 <= index ? { getInsertionIndex: () => index } : {}),
    });
    return made.map(({ offset, length, content }) => {
      const span = { start: offset, end: offset + length };
      if (!inner?.outer) return { range: document.rangeOfSpan(span), newText: content };
      const range = document.rangeOfSpan({ start: inner.outer(span.start), end: inner.outer(span.end) });
      return { range, newText: escapeForString(content) };
    });
  } catch {
    // jsonc-parser refuses paths that cross a broken part of the text.
    return undefined;
  }
}

const isInnerPath = (document: SourceDocument, path: Path): boolean => {
  const base = document.policy?.outer ? document.policy.base : undefined;
  return base !== undefined && path.length > base.length && base.every((step, index) => path[index] === step);
};

/** Indents as the text does: by the first line that is indented. */
function formattingOf(text: string): FormattingOptions {
  const indent = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  return { insertSpaces: !indent.startsWith('\t'), tabSize: indent.startsWith('\t') ? 1 : indent.length, eol };
}
