import type { Range } from '../../protocol.ts';
import type { DocumentMentions, Mention, PolicyPath } from './mention.ts';

/** What is named at a position, that which its text says by itself last: `alias/orders` is an alias, and names a key. */
export function mentionsAt({ mentions }: DocumentMentions, position: Range['start']): readonly Mention[] {
  return mentions.filter(({ range }) => holds(range, position));
}

export function pathAt({ paths }: DocumentMentions, position: Range['start']): PolicyPath | undefined {
  return paths.find(({ range }) => holds(range, position));
}

/** The ends count as inside. */
export function holds({ start, end }: Range, position: Range['start']): boolean {
  return compare(start, position) <= 0 && compare(position, end) <= 0;
}

export function compare(a: Range['start'], b: Range['start']): number {
  return a.line - b.line || a.character - b.character;
}
