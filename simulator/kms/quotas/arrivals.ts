/** So many requests in every so many seconds. */
export interface Rate {
  readonly count: number;
  readonly seconds: number;
}

/**
 * Whole requests for each second, one list for each rate. They come evenly spread and the rates together do so, too:
 * in no second are there more than the sum of the rates, rounded up.
 */
export function arrivals(rates: readonly Rate[], seconds: number): number[][] {
  const perSecond = rates.map(({ count, seconds: per }) => count / per);
  const all = perSecond.reduce((sum, each) => sum + each, 0);
  const lists = rates.map((): number[] => []);
  const came = rates.map(() => 0);
  for (let second = 1; second <= seconds; second++) {
    let left = Math.floor(all * second + ROUNDING) - came.reduce((sum, each) => sum + each, 0);
    // Whatever is most behind comes first.
    const behind = perSecond.map((each, index) => ({ index, by: each * second - (came[index] ?? 0) }));
    const counts = rates.map(() => 0);
    for (const { index, by } of behind.sort((a, b) => b.by - a.by)) {
      counts[index] = Math.min(left, Math.max(0, Math.floor(by + ROUNDING)));
      left -= counts[index];
    }
    const rest = behind.map(({ index, by }) => ({ index, by: by - (counts[index] ?? 0) }));
    for (const { index } of rest.sort((a, b) => b.by - a.by).slice(0, left)) counts[index] = (counts[index] ?? 0) + 1;
    for (const [index, count] of counts.entries()) {
      lists[index]?.push(count);
      came[index] = (came[index] ?? 0) + count;
    }
  }
  return lists;
}

/** A sixtieth, sixty times, is one. */
const ROUNDING = 1e-6;
