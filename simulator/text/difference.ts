/** Where two texts differ: before `start` and behind the ends they are the same. */
export interface Difference {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

export function differenceOf(old: string, text: string): Difference {
  const most = Math.min(old.length, text.length);
  const start = longest(most, (from, to) => old.slice(from, to) === text.slice(from, to));
  const behind = longest(
    most - start,
    (from, to) => old.slice(old.length - to, old.length - from) === text.slice(text.length - to, text.length - from),
  );
  return { start, oldEnd: old.length - behind, newEnd: text.length - behind };
}

/**
 * How far two texts are the same, halving what is left: to compare parts of them takes a small part of the time that it
 * takes to compare their characters one by one.
 */
function longest(most: number, isSame: (from: number, to: number) => boolean): number {
  let low = 0;
  let high = most;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isSame(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
