import type { JsonArray, JsonNode } from '../../../simulator/json/node.ts';
import { type Path, resolvePath } from '../../../simulator/json/place.ts';
import { firstAfter } from '../../documents/in-order.ts';
import type { SourceDocument, Span } from '../../documents/source.ts';

/** Characters of a text that others take the place of. */
export interface Change extends Span {
  readonly text: string;
}

/** The text with changes that do not overlap. */
export function changed(text: string, changes: readonly Change[]): string {
  let result = '';
  let at = 0;
  for (const change of [...changes].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, change.start) + change.text;
    at = change.end;
  }
  return result + text.slice(at);
}

/** The value at a path, where no comment stands in it: one that explains an entry would stay behind when that moves. */
export function plainValue({ parsed: { root, comments } }: SourceDocument, path: Path): JsonNode | undefined {
  const node = root && resolvePath(root, path)?.node;
  if (!node) return undefined;
  const next = comments[firstAfter(comments, node.start)];
  return next && next.start < node.end ? undefined : node;
}

/** A list, or what stands in place of one, with other entries: JSON texts, at least one. Layout and commas stay. */
export function withEntries(text: string, node: JsonNode, entries: readonly string[]): Change {
  const { start, end } = node;
  const [first, ...rest] = entries;
  if (node.type !== 'array' || node.elements.length === 0)
    return { start, end, text: rest.length === 0 ? (first ?? '') : `[${entries.join(', ')}]` };
  const gaps = gapsOf(text, node);
  const last = node.elements.at(-1)?.end ?? start;
  const inner = entries.map((entry, index) => (index === 0 ? entry : `${gapAt(gaps, index - 1)}${entry}`));
  return { start, end, text: text.slice(start, node.elements[0]?.start) + inner.join('') + text.slice(last, end) };
}

/** What stands between the entries of a list. */
function gapsOf(text: string, { start, elements }: JsonArray): readonly string[] {
  const between = elements.slice(1).map((element, index) => text.slice(elements[index]?.end, element.start));
  if (0 < between.length) return between;
  const head = text.slice(start + 1, elements[0]?.start);
  return [/[\r\n]/.test(head) ? `,${head}` : ', '];
}

const gapAt = (gaps: readonly string[], index: number): string => gaps[Math.min(index, gaps.length - 1)] ?? ', ';
