import type { JsonMember, JsonNode } from '../../simulator/json/node.ts';
import type { Path } from '../../simulator/json/place.ts';
import { stringOffsets } from '../../simulator/json/strings.ts';
import type { PolicySource, SourceDocument, Span } from './source.ts';

/** What stands at a position: the innermost value or key, and the way there from the document's root. */
export interface Found {
  readonly path: Path;
  readonly part: 'key' | 'value';
  readonly node: JsonNode;
  readonly member: JsonMember | undefined;
  /** An offset into the text that `node` belongs to: the document's, or that of the policy inside it. */
  readonly offset: number;
}

/** The innermost part of the document that holds `offset`; its ends count as inside. */
export function findAt(document: SourceDocument, offset: number): Found | undefined {
  const { root } = document.parsed;
  const found = root && descend(root, offset, []);
  const inner = document.policy;
  if (!inner?.outer || !found || found.part !== 'value' || found.path[0] !== inner.base[0]) return found;
  const innerRoot = inner.parsed.root;
  // On the quote of the string nothing of the policy has begun.
  if (!innerRoot || offset < inner.outer(0)) return found;
  const innerOffset = invert(inner.outer, inner.text.length, offset);
  return descend(innerRoot, innerOffset, inner.base) ?? found;
}

/** Where what was found stands in the document; `within` are decoded characters of a string. */
export function spanOfFound(document: SourceDocument, found: Found, within?: Span): Span {
  const { text, outer } = textOf(document, found);
  const { start, end } = within ? spanIn(found.node, text, within) : found.node;
  return outer ? { start: outer(start), end: outer(end) } : { start, end };
}

/** What is pointed at where something was found: of an object the brace, not what it holds. */
export function pointedSpan(document: SourceDocument, found: Found): Span {
  const { start, end } = spanOfFound(document, found);
  return { start, end: found.node.type === 'object' ? start + 1 : end };
}

/** Which decoded character of the string that was found holds the position; undefined where it is no string. */
export function characterOf(document: SourceDocument, { node, ...found }: Found): number | undefined {
  if (node.type !== 'string') return undefined;
  const { text } = textOf(document, { node, ...found });
  const offsets = stringOffsets(text.slice(node.start, node.end));
  const at = found.offset - node.start;
  let character = 0;
  while (character + 1 < offsets.length && (offsets[character + 1] ?? 0) <= at) character++;
  return character;
}

/** The text that a found node's offsets belong to, and how they become offsets into the document. */
function textOf(document: SourceDocument, { path, node }: Found): Pick<PolicySource, 'text' | 'outer'> {
  const inner = document.policy;
  if (!inner?.outer || path[0] !== inner.base[0]) return { text: document.text, outer: undefined };
  // At its base stands either the string that holds the policy, or the policy itself.
  const isInner = path.length > inner.base.length || node.type !== 'string';
  return isInner ? inner : { text: document.text, outer: undefined };
}

function spanIn(node: JsonNode, text: string, { start, end }: Span): Span {
  const offsets = stringOffsets(text.slice(node.start, node.end));
  const at = (character: number): number => node.start + (offsets[Math.min(character, offsets.length - 1)] ?? 0);
  return { start: at(start), end: at(end) };
}

function descend(root: JsonNode, offset: number, base: Path): Found | undefined {
  if (offset < root.start || root.end < offset) return undefined;
  let node = root;
  let path = base;
  let member: JsonMember | undefined;
  for (;;) {
    const step = node.type === 'object' ? inObject(node.members, offset) : undefined;
    if (step?.part === 'key')
      return {
        path: [...path, step.member.key.value],
        part: 'key',
        node: step.member.key,
        member: step.member,
        offset,
      };
    if (step) {
      path = [...path, step.member.key.value];
      member = step.member;
      node = step.value;
      continue;
    }
    const index = node.type === 'array' ? node.elements.findIndex((element) => holds(element, offset)) : -1;
    const element = node.type === 'array' ? node.elements[index] : undefined;
    if (!element) return { path, part: 'value', node, member, offset };
    path = [...path, index];
    member = undefined;
    node = element;
  }
}

type Step = { part: 'key'; member: JsonMember } | { part: 'value'; member: JsonMember; value: JsonNode };

function inObject(members: readonly JsonMember[], offset: number): Step | undefined {
  for (const member of members) {
    if (holds(member.key, offset)) return { part: 'key', member };
    if (member.value && holds(member.value, offset)) return { part: 'value', member, value: member.value };
  }
  return undefined;
}

const holds = (node: { start: number; end: number }, offset: number): boolean =>
  node.start <= offset && offset <= node.end;

/** The inner offset whose outer offset is the last one at or before `offset`; `outer` never decreases. */
function invert(outer: (offset: number) => number, length: number, offset: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (outer(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
