import { type JsonArray, type JsonObject, valueOf } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import { commaIn } from './commas.ts';
import { indentOf, lineEndOf } from './edits.ts';
import type { SourceDocument, Span } from './source.ts';

/** What is written into a text. */
export type Written = string | boolean | number | null | readonly Written[] | { readonly [name: string]: Written };

export type Text = Pick<SourceDocument, 'text' | 'parsed'>;

export interface Style {
  /** What fits into a line of so many characters gets no line for each of its parts. Left out: what breaks is broken. */
  readonly width?: number;
  /** Whether the first object of a list takes a line for each member. */
  readonly spread?: boolean;
}

/** The text with a value set at a path. Where it adds something, every other character stays as it is. */
export function withValue(document: Text, path: Path, value: Written, style: Style = {}): string {
  const { text, parsed } = document;
  let node = parsed.root;
  for (const [depth, step] of path.entries()) {
    if (node?.type === 'array' && typeof step === 'number') {
      node = node.elements[step];
      continue;
    }
    if (node?.type !== 'object' || typeof step !== 'string') return text;
    const found = valueOf(node, step);
    if (!found) {
      const nested = path.slice(depth + 1).reduceRight<Written>((inner, outer) => ({ [outer]: inner }), value);
      return appended(document, node, style, (layout) => member(step, nested, layout));
    }
    node = found;
  }
  return node ? text.slice(0, node.start) + JSON.stringify(value) + text.slice(node.end) : text;
}

/** The text with a value in a list, behind the one at an index or behind them all. */
export function withElement(
  document: Text,
  list: JsonArray,
  value: Written,
  { behind: index, ...style }: Style & { readonly behind?: number } = {},
): string {
  return appended(document, list, style, (layout) => written(value, layout, 'element'), index);
}

/** The text with a value that stands alone made the first of a list. */
export function inList({ text, parsed }: Text, node: Span): string {
  const own = text.slice(node.start, node.end);
  if (parsed.root && !hasBreak(text.slice(parsed.root.start, parsed.root.end)))
    return `${text.slice(0, node.start)}[${own}]${text.slice(node.end)}`;
  const unit = indentOf(text);
  const outer = lineIndent(text, node.start);
  const deeper = own.replaceAll(/(\r\n|\n|\r)(?=[^\r\n])/g, `$1${unit}`);
  const end = lineEndOf(text);
  return `${text.slice(0, node.start)}[${end}${outer}${unit}${deeper}${end}${outer}]${text.slice(node.end)}`;
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
  readonly width: number;
}

function appended(
  document: Text,
  container: JsonObject | JsonArray,
  { width = 0, spread = false }: Style,
  write: (layout: Layout) => string,
  index?: number,
): string {
  const { text, parsed } = document;
  const items = container.type === 'object' ? container.members : container.elements;
  const last = items[index ?? items.length - 1];
  const outer = lineIndent(text, container.start);
  const unit = indentOf(text);
  const layout = { lineEnd: lineEndOf(text), unit, indent: outer + unit, flat: false, spread, width };
  if (last) return behind(text, last, container, layout, write, last !== items.at(-1));
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
  goesOn: boolean,
): string {
  const comma = commaIn(text, last.end, container.end);
  const separated = comma === undefined ? `${text.slice(0, last.end)},${text.slice(last.end)}` : text;
  const next = (comma ?? last.end) + 1;
  if (!hasBreak(text.slice(container.start, container.end)))
    return inserted(separated, next, ` ${write({ ...layout, flat: true })}${goesOn ? ',' : ''}`);
  const spread = container.type === 'array' && hasBreak(text.slice(last.start, last.end));
  const begins = text.slice(lineStart(text, last.start), last.start);
  const rest = restOfLine(separated.slice(next));
  if (rest === undefined && begins.trim() !== '')
    return inserted(
      separated,
      next,
      ` ${write({ ...layout, indent: lineIndent(text, last.start), spread })}${goesOn ? ',' : ''}`,
    );
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

function member(name: string, value: Written, layout: Layout): string {
  const start = `${JSON.stringify(name)}: `;
  if (0 < layout.width && !layout.flat) {
    const line = start + written(value, { ...layout, flat: true }, 'member');
    if (layout.indent.length + line.length < layout.width) return line;
  }
  return start + written(value, layout, 'member');
}

/** A list breaks into lines, and so does an object, unless it is one of a list. */
function written(value: Written, layout: Layout, as: 'member' | 'element'): string {
  const { lineEnd, unit, indent } = layout;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const flat = layout.flat || (!isList && as === 'element' && !layout.spread);
  const inner = { ...layout, flat, indent: indent + unit };
  const items = Array.isArray(value)
    ? value.map((each) => written(each, inner, 'element'))
    : Object.entries(value).map(([name, each]) => member(name, each, inner));
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
