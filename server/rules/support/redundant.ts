import type { Item } from '../../../simulator/policy/document.ts';

/** A longer list is hardly written by hand, and comparing each with each would cost the square of its length. */
const MAX_COMPARED = 200;

/**
 * The entries of a list that another one covers; of two that cover each other, the later. Only entries with wildcards
 * cover others than their like.
 */
export function coveredBy<T extends Item>(
  items: readonly T[],
  covers: (wide: T, narrow: T) => boolean,
): { readonly item: T; readonly by: T }[] {
  if (items.length < 2 || MAX_COMPARED < items.length) return [];
  const wide = items.map(({ text }) => /[*?]/.test(text));
  const lower = items.map(({ text }) => text.toLowerCase());
  if (!wide.includes(true) && new Set(lower).size === items.length) return [];
  return items.flatMap((item, index) => {
    const by = items.find(
      (other, position) =>
        position !== index &&
        (wide[position] || lower[position] === lower[index]) &&
        covers(other, item) &&
        (position < index || !covers(item, other)),
    );
    return by ? [{ item, by }] : [];
  });
}
