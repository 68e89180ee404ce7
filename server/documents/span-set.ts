import type { Span } from './source.ts';

/** Many stretches of a text, of which it is asked whether any meets another one; each question costs a binary search. */
export class SpanSet {
  /** By where they begin. */
  private readonly starts: readonly number[];
  /** The farthest end among the stretches up to this one. */
  private readonly ends: readonly number[];

  constructor(spans: readonly Span[]) {
    const sorted = [...spans].sort((a, b) => a.start - b.start);
    this.starts = sorted.map(({ start }) => start);
    let farthest = -1;
    this.ends = sorted.map(({ end }) => {
      farthest = Math.max(farthest, end);
      return farthest;
    });
  }

  get isEmpty(): boolean {
    return this.starts.length === 0;
  }

  /** Whether one has a character in common with the span, or lies between two of its characters or the other way round. */
  overlaps({ start, end }: Span): boolean {
    return start < (this.ends[this.before(end) - 1] ?? -1);
  }

  /** Whether one has a character in common with the span, or ends or begins where the span does. */
  meets({ start, end }: Span): boolean {
    return start <= (this.ends[this.before(end + 1) - 1] ?? -1);
  }

  /** How many begin before the offset. */
  private before(offset: number): number {
    return lowerBound(this.starts, offset);
  }
}

/** How many of the numbers, which are in order, are smaller than the limit. */
export function lowerBound(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
