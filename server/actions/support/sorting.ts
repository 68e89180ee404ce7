import { isSamePath } from '../../../simulator/json/place.ts';
import type { Element, Item, Statement } from '../../../simulator/policy/document.ts';
import type { SourceDocument } from '../../documents/source.ts';
import { type Change, plainValue, withEntries } from './entries.ts';

/** Puts the lists of a statement in order, and takes out what stands there twice. Lists with comments stay as they are. */
export function sortedLists(document: SourceDocument, statement: Statement): Change[] {
  if (!statement.readable) return [];
  const { action, resource, principal } = statement;
  return [
    ...inElement(document, action, (text) => text.toLowerCase()),
    ...inElement(document, principal, (text) => text),
    ...inElement(document, resource, (text) => text),
  ];
}

/** @param sameAs what is the same for entries that say the same */
function inElement(
  document: SourceDocument,
  element: Element<Item> | undefined,
  sameAs: (text: string) => string,
): Change[] {
  const lists: (readonly Item[])[] = [];
  let current: Item[] = [];
  // Principals stand in a list for each kind.
  for (const item of element?.items ?? []) {
    const before = current[0];
    if (before && isSamePath(before.path.slice(0, -1), item.path.slice(0, -1))) current.push(item);
    else {
      current = [item];
      lists.push(current);
    }
  }
  return lists.flatMap((list) => sorted(document, list, sameAs) ?? []);
}

function sorted(
  document: SourceDocument,
  items: readonly Item[],
  sameAs: (text: string) => string,
): Change | undefined {
  const [first] = items;
  if (!first || items.length < 2) return undefined;
  const node = plainValue(document, first.path.slice(0, -1));
  if (node?.type !== 'array' || node.elements.length !== items.length) return undefined;
  const unique = new Map<string, number>();
  for (const [index, { text }] of items.entries()) if (!unique.has(sameAs(text))) unique.set(sameAs(text), index);
  const order = [...unique].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, index]) => index);
  if (order.length === items.length && order.every((from, to) => from === to)) return undefined;
  const { text } = document;
  const entries = order.flatMap((index) => node.elements[index] ?? []).map(({ start, end }) => text.slice(start, end));
  return withEntries(text, node, entries);
}
