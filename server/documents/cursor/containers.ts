import type { JsonArray, JsonNode, JsonObject } from '../../../simulator/json/node.ts';
import type { Path } from '../../../simulator/json/place.ts';
import { lastBefore } from '../in-order.ts';

/** An object or array whose bracket is open at a position. */
export interface OpenContainer {
  readonly node: JsonObject | JsonArray;
  readonly path: Path;
  /** The last two members or elements that begin before the position: one may be in the making, with no comma in front. */
  readonly last: readonly Part[];
}

export interface Part {
  readonly start: number;
  readonly value: JsonNode | undefined;
}

/**
 * The containers that are open at `offset`, the outermost first; `after` behind the document's end. The text in front
 * of the position decides: one whose closing bracket is missing stays open, wherever the tree gave it up.
 */
export function openContainersAt(
  text: string,
  root: JsonNode | undefined,
  offset: number,
): readonly OpenContainer[] | 'after' {
  const open: OpenContainer[] = [];
  let node = root;
  let path: Path = [];
  while (node?.type === 'object' || node?.type === 'array') {
    if (offset <= node.start) break;
    if (isClosed(text, node) && node.end <= offset) return open.length > 0 ? open : 'after';
    const index = lastBefore(node.type === 'object' ? node.members : node.elements, offset - 1);
    open.push({
      node,
      path,
      last: [partAt(node, index - 1), partAt(node, index)].filter((part) => part !== undefined),
    });
    const step = node.type === 'object' ? node.members[index]?.key.value : index;
    path = [...path, step ?? index];
    node = partAt(node, index)?.value;
  }
  return open;
}

function partAt(node: JsonObject | JsonArray, index: number): Part | undefined {
  if (node.type === 'object') return node.members[index];
  const element = node.elements[index];
  return element && { start: element.start, value: element };
}

/** Whether the last character of the node is its own bracket, not one of a part of it. */
function isClosed(text: string, node: JsonObject | JsonArray): boolean {
  const inner = node.type === 'object' ? node.members.at(-1)?.end : node.elements.at(-1)?.end;
  return text.charAt(node.end - 1) === (node.type === 'object' ? '}' : ']') && (inner ?? node.start + 1) < node.end;
}
