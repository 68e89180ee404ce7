/**
 * The name a mistyped text was probably meant to be, or undefined where none is close. Capitals do not count; a swap of
 * two neighbours counts as one slip. A text of at least five characters that only one name starts with is close, too:
 * closer than two slips, farther than one.
 *
 * @param names candidates; of equally close ones the first counts
 */
export function nearest(text: string, names: Iterable<string>): string | undefined {
  const lower = text.toLowerCase();
  let limit = slipsAllowed(lower.length);
  let closest: string | undefined;
  let startsWith: string | undefined;
  let starts = 0;
  for (const name of names) {
    const candidate = name.toLowerCase();
    if (candidate === lower) return name;
    if (5 <= lower.length && candidate.startsWith(lower)) {
      starts++;
      startsWith = name;
    }
    const slips = distance(lower, candidate, limit);
    if (limit < slips) continue;
    closest = name;
    limit = slips - 1;
  }
  const oneSlip = closest !== undefined && limit === 0;
  return starts === 1 && !oneSlip ? startsWith : closest;
}

/** One slip in three characters, three at most: more turns a text into any other. */
function slipsAllowed(length: number): number {
  return Math.min(3, Math.floor((length + 1) / 3));
}

/** Damerau-Levenshtein distance (each stretch edited once); anything above `limit` where it is larger than that. */
function distance(a: string, b: string, limit: number): number {
  const over = limit + 1;
  if (limit < Math.abs(a.length - b.length)) return over;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let smallest = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(last, j) + 1, at(row, j - 1) + 1, at(last, j - 1) + (same ? 0 : 1));
      if (1 < i && 1 < j && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, at(beforeLast, j - 2) + 1);
      row.push(cost);
      smallest = Math.min(smallest, cost);
    }
    if (limit < smallest) return over;
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
