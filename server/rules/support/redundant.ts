import type { Item } from '../../../simulator/policy/document.ts';

/** A longer list is hardly written by hand, and comparing each with each would cost the square of its length. */
const MAX_COMPARED = 200;

/** The entries of a list that another one covers; of two that cover each other, the later. */
export function coveredBy<T extends Item>(
  items: readonly T[],
  covers: (wide: T, narrow: T) => boolean,
): { readonly item: T; readonly by: T }[] {
  if (MAX_COMPARED < items.length) return [];
  return items.flatMap((item, index) => {
    const by = items.find(
      (other, position) => position !== index && covers(other, item) && (position < index || !covers(item, other)),
    );
    return by ? [{ item, by }] : [];
  });
}
