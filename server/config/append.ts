import { type JsonArray, type JsonObject, valueOf } from '../../simulator/json/node.ts';
import { indentOf, lineEndOf } from '../documents/edits.ts';
import type { SourceDocument, Span } from '../documents/source.ts';
import { commaIn } from './commas.ts';

/** What is written into a configuration. */
export type Written = string | readonly Written[] | { readonly [name: string]: Written };

/** The text with a value set at a path of names. Where it adds something, every other character stays as it is. */
export function withValue(document: SourceDocument, path: readonly string[], value: Written): string {
  const { text, parsed } = document;
  let node = parsed.root;
  for (const [depth, name] of path.entries()) {
    if (node?.type !== 'object') return text;
    const found = valueOf(node, name);
    if (!found) {
      const nested = path.slice(depth + 1).reduceRight<Written>((inner, outer) => ({ [outer]: inner }), value);
      return appended(document, node, (layout) => `${JSON.stringify(name)}: ${written(nested, layout, 'member')}`);
    }
    node = found;
  }
  return node ? text.slice(0, node.start) + JSON.stringify(value) + text.slice(node.end) : text;
}

/** The text with a value behind the others of a list. */
export function withElement(document: SourceDocument, list: JsonArray, value: Written): string {
  return appended(document, list, (layout) => written(value, layout, 'element'));
}

/** How something new is laid out among what is there. */
interface Layout {
  readonly lineEnd: string;
  readonly unit: string;
  /** Of the line that it begins on. */
  readonly indent: string;
  /** All on one line. */
  readonly flat: boolean;
  /** Objects of a list take a line for each member, as the one before does; otherwise they take one. */
  readonly spread: boolean;
}

function appended(
  document: SourceDocument,
  container: JsonObject | JsonArray,
  write: (layout: Layout) => string,
): string {
  const { text, parsed } = document;
  const items = container.type === 'object' ? container.members : container.elements;
  const last = items.at(-1);
  const outer = lineIndent(text, container.start);
  const unit = indentOf(text);
  const layout = { lineEnd: lineEndOf(text), unit, indent: outer + unit, flat: false, spread: false };
  if (last) return behind(text, last, container, layout, write);
  const isFlat = container !== parsed.root && !hasBreak(text.trim());
  const before = text.slice(0, container.end - 1).trimEnd();
  const after = text.slice(container.end - 1);
  if (isFlat) return `${before}${write({ ...layout, flat: true })}${after}`;
  return `${before}${layout.lineEnd}${layout.indent}${write(layout)}${layout.lineEnd}${outer}${after}`;
}

/** On a line of its own behind the comments of the last one, or on the same line where they stand side by side. */
function behind(
  text: string,
  last: Span,
  container: JsonObject | JsonArray,
  layout: Layout,
  write: (layout: Layout) => string,
): string {
  const comma = commaIn(text, last.end, container.end);
  const separated = comma === undefined ? `${text.slice(0, last.end)},${text.slice(last.end)}` : text;
  const next = (comma ?? last.end) + 1;
  if (!hasBreak(text.slice(container.start, container.end)))
    return inserted(separated, next, ` ${write({ ...layout, flat: true })}`);
  const spread = container.type === 'array' && hasBreak(text.slice(last.start, last.end));
  const begins = text.slice(lineStart(text, last.start), last.start);
  const rest = restOfLine(separated.slice(next));
  if (rest === undefined && begins.trim() !== '')
    return inserted(separated, next, ` ${write({ ...layout, indent: lineIndent(text, last.start), spread })}`);
  const indent = begins.trim() === '' ? begins : layout.indent;
  // Who likes commas at the end gets one.
  const trailing = comma === undefined ? '' : ',';
  return inserted(
    separated,
    next + (rest ?? 0),
    `${layout.lineEnd}${indent}${write({ ...layout, indent, spread })}${trailing}`,
  );
}

const inserted = (text: string, at: number, what: string): string => text.slice(0, at) + what + text.slice(at);

/** A list breaks into lines, and so does an object, unless it is one of a list. */
function written(value: Written, layout: Layout, as: 'member' | 'element'): string {
  const { lineEnd, unit, indent } = layout;
  if (typeof value === 'string') return JSON.stringify(value);
  const isList = Array.isArray(value);
  const flat = layout.flat || (!isList && as === 'element' && !layout.spread);
  const inner = { ...layout, flat, indent: indent + unit };
  const items = Array.isArray(value)
    ? value.map((each) => written(each, inner, 'element'))
    : Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${written(each, inner, 'member')}`);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  if (items.length === 0) return `${open}${close}`;
  if (flat) return isList ? `[${items.join(', ')}]` : `{ ${items.join(', ')} }`;
  return `${open}${items.map((item) => `${lineEnd}${inner.indent}${item}`).join(',')}${lineEnd}${indent}${close}`;
}

/** How much of a text, up to the end of its first line, is space and comments; undefined where more stands there. */
function restOfLine(text: string): number | undefined {
  return /^(?:[ \t]|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:\/\/[^\r\n]*)?(?=[\r\n]|$)/.exec(text)?.[0].length;
}

function lineStart(text: string, offset: number): number {
  let start = offset;
  while (0 < start && !hasBreak(text.charAt(start - 1))) start--;
  return start;
}

function lineIndent(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
}

const hasBreak = (text: string): boolean => /[\r\n]/.test(text);
