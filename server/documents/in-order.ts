interface Begun {
  readonly start: number;
}

/** Of things in the order of the text: the index of the first that begins after an offset, the length where none does. */
export function firstAfter(things: readonly Begun[], offset: number): number {
  let low = 0;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((things[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the last that begins at or before an offset; -1 where none does. */
export function lastBefore(things: readonly Begun[], offset: number): number {
  return firstAfter(things, offset) - 1;
}
