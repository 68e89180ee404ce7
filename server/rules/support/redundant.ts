import type { Item } from '../../../simulator/policy/document.ts';
import { hasWildcard } from '../../../simulator/policy/syntax/arn.ts';

/** A longer list is hardly written by hand, and comparing each with each would cost the square of its length. */
const MAX_COMPARED = 200;

/** Comparing two patterns costs the product of their lengths. */
const MAX_STEPS = 20_000_000;

/**
 * The entries of a list that another one covers; of two that cover each other, the later. Each is read once; what cannot
 * be read neither covers nor is covered. Only entries with wildcards cover others than their like.
 */
export function coveredBy<T extends Item, R>(
  items: readonly T[],
  read: (item: T) => R | undefined,
  covers: (wide: R, narrow: R) => boolean,
): { readonly item: T; readonly by: T }[] {
  if (items.length < 2 || MAX_COMPARED < items.length || MAX_STEPS < stepsOf(items)) return [];
  const texts = items.map(({ text }) => text.toLowerCase());
  if (new Set(texts).size === items.length && !texts.some((text, index) => beginsLike(text, index, texts))) return [];
  const entries = items.flatMap((item) => {
    const meaning = read(item);
    if (meaning === undefined) return [];
    const lower = item.text.toLowerCase();
    return [{ item, meaning, isWide: hasWildcard(lower), lower, beginning: beginningOf(lower) }];
  });
  return entries.flatMap(({ item, meaning, lower }, index) => {
    const by = entries.find(
      (other, position) =>
        position !== index &&
        (other.isWide ? lower.startsWith(other.beginning) : other.lower === lower) &&
        covers(other.meaning, meaning) &&
        (position < index || !covers(meaning, other.meaning)),
    );
    return by ? [{ item, by: by.item }] : [];
  });
}

/** What an entry with a wildcard covers begins as the entry does up to there. */
function beginningOf(text: string): string {
  return text.slice(0, text.search(/[*?]|$/));
}

/** Whether an entry with a wildcard may cover another one. */
function beginsLike(text: string, index: number, texts: readonly string[]): boolean {
  if (!hasWildcard(text)) return false;
  const beginning = beginningOf(text);
  return texts.some((other, position) => position !== index && other.startsWith(beginning));
}

function stepsOf(items: readonly Item[]): number {
  let patterns = 0;
  let all = 0;
  for (const { text } of items) {
    all += text.length;
    if (hasWildcard(text)) patterns += text.length;
  }
  return patterns * all;
}
