import { type JsonMember, type JsonNode, memberOf, membersNamed } from './node.ts';

/** Member names and array indexes from the root of a document to a value in it. */
export type Path = readonly (string | number)[];

/**
 * Joins meaning to text: what a finding, a decision or an expectation speaks about. Only `server/documents` turns a
 * place into a range of characters.
 */
export interface Place {
  /** The document's URI or file; left out where there is only one. */
  readonly document?: string;
  readonly path: Path;
  /** `value` (the default), the member's `key`, or the whole `member` with both. */
  readonly part?: 'key' | 'value' | 'member';
  /** Which of several members with the same name, counted from 0; left out, the last one, which is the one that counts. */
  readonly occurrence?: number;
  /** Within a string: decoded characters from `start` up to `end`. */
  readonly span?: { readonly start: number; readonly end: number };
}

/** RFC 6901: `['Statement', 0, 'Action']` is `/Statement/0/Action`; the root is the empty string. */
export function toPointer(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function isSamePath(a: Path, b: Path): boolean {
  return a.length === b.length && a.every((step, index) => step === b[index]);
}

export interface Resolved {
  /** The value at the place; undefined where the member has none. */
  readonly node: JsonNode | undefined;
  /** The member whose value it is, where it is one. */
  readonly member: JsonMember | undefined;
}

/** Follows `path` from `root`; undefined where the path leads nowhere. */
export function resolvePath(root: JsonNode, path: Path, occurrence?: number): Resolved | undefined {
  let node: JsonNode | undefined = root;
  let member: JsonMember | undefined;
  for (let depth = 0; depth < path.length; depth++) {
    const step = path[depth];
    member = undefined;
    if (node?.type === 'array' && typeof step === 'number') {
      node = node.elements[step];
      if (node === undefined) return undefined;
    } else if (node?.type === 'object' && typeof step === 'string') {
      const isOneOfMore = occurrence !== undefined && depth === path.length - 1;
      member = isOneOfMore ? membersNamed(node, step)[occurrence] : memberOf(node, step);
      if (!member) return undefined;
      node = member.value;
    } else {
      return undefined;
    }
  }
  return { node, member };
}
