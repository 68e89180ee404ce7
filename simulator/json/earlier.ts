import { type Difference, differenceOf } from '../text/difference.ts';
import type { JsonNode } from './node.ts';
import type { ParsedJson } from './parse.ts';

/** An earlier version of a text, as it was read. */
export interface ReadBefore {
  readonly text: string;
  readonly parsed: ParsedJson;
}

/** Objects and arrays of an earlier version, looked up in the order of the text. */
export class Earlier {
  readonly parsed: ParsedJson;
  private readonly difference: Difference;
  /** How much further on everything behind the change stands by now. */
  private readonly shift: number;
  /** Where comments and faults begin, in order: what holds one is read again. */
  private readonly marred: readonly number[];
  private nextMarred = 0;

  constructor({ text: old, parsed }: ReadBefore, text: string) {
    this.parsed = parsed;
    this.difference = differenceOf(old, text);
    this.shift = text.length - old.length;
    this.marred = [...parsed.problems, ...parsed.comments].map(({ start }) => start).sort((a, b) => a - b);
  }

  /** Where something at this offset stood; undefined in what has changed. */
  offsetOf(offset: number): number | undefined {
    const { start, newEnd } = this.difference;
    if (offset < start) return offset;
    return newEnd <= offset ? offset - this.shift : undefined;
  }

  /** Where an object or array ends by now; undefined where it is to be read again. */
  endOf(node: JsonNode): number | undefined {
    const { start, oldEnd } = this.difference;
    const isBefore = node.end <= start;
    if ((!isBefore && node.start < oldEnd) || this.isMarred(node) || this.parsed.unclosed.has(node)) return undefined;
    return isBefore ? node.end : node.end + this.shift;
  }

  private isMarred({ start, end }: JsonNode): boolean {
    const { marred } = this;
    while ((marred[this.nextMarred] ?? Number.POSITIVE_INFINITY) <= start) this.nextMarred++;
    return (marred[this.nextMarred] ?? Number.POSITIVE_INFINITY) < end;
  }
}

/** What an object or array held before; asked about ever later offsets. */
export class Counterpart {
  private readonly nodes: readonly (JsonNode | undefined)[];
  private next = 0;

  constructor(nodes: readonly (JsonNode | undefined)[]) {
    this.nodes = nodes;
  }

  /** The value that began at the offset. */
  at(offset: number): JsonNode | undefined {
    const { nodes } = this;
    let node = nodes[this.next];
    while (this.next < nodes.length && (node === undefined || node.start < offset)) node = nodes[++this.next];
    return node?.start === offset ? node : undefined;
  }
}

export function counterpartOf(node: JsonNode | undefined): Counterpart | undefined {
  if (node?.type === 'array') return new Counterpart(node.elements);
  return node?.type === 'object' ? new Counterpart(node.members.map(({ value }) => value)) : undefined;
}
