/** How one text became another, as the lines of a diff. */

/** A longer run of lines is cut: what changes shows in the first of them. */
const MOST_LINES = 8;

type Line = readonly [mark: ' ' | '-' | '+', text: string];

/**
 * The lines that differ, each stretch with the line before and the line after it, as far to the left as they go. Empty where
 * the texts are the same.
 */
export function diffLines(before: string, after: string): string[] {
  const lines = changes(before.trimEnd().split('\n'), after.trimEnd().split('\n'));
  const isNear = (index: number): boolean =>
    [index - 1, index, index + 1].some((near) => lines[near] !== undefined && lines[near][0] !== ' ');
  const shown = lines.map((line, index) => (isNear(index) ? line : undefined));
  const hunks = runsOf(shown).map(shortened);
  const indent = Math.min(...hunks.flat().flatMap(([, text]) => (text.trim() === '' ? [] : [text.search(/\S/)])));
  return hunks.flatMap((hunk, index) => [
    ...(index > 0 ? ['  …'] : []),
    ...hunk.map(([mark, text]) => `${mark} ${text.slice(indent)}`.trimEnd()),
  ]);
}

/** Stretches between what is left out. */
function runsOf(lines: readonly (Line | undefined)[]): Line[][] {
  const runs: Line[][] = [];
  for (const [index, line] of lines.entries()) {
    if (!line) continue;
    if (lines[index - 1]) runs.at(-1)?.push(line);
    else runs.push([line]);
  }
  return runs;
}

function shortened(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  let start = 0;
  while (start < lines.length) {
    const [mark = ' ', first = ''] = lines[start] ?? [];
    let end = start;
    while (lines[end]?.[0] === mark) end++;
    const run = lines.slice(start, end);
    if (run.length <= MOST_LINES) kept.push(...run);
    else {
      const more = run.length - MOST_LINES + 1;
      kept.push(...run.slice(0, MOST_LINES - 1), [mark, `${' '.repeat(first.search(/\S|$/))}… ${more} more lines`]);
    }
    start = end;
  }
  return kept;
}

/** All lines of both, by the longest common subsequence; what goes stands before what comes. */
function changes(before: readonly string[], after: readonly string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  const same = (lines: readonly string[]): Line[] => lines.map((text) => [' ', text]);
  return [
    ...same(before.slice(0, start)),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...same(before.slice(before.length - end)),
  ];
}

function middle(before: readonly string[], after: readonly string[]): Line[] {
  // How many lines the rests of both from these on have in common.
  const common = Array.from({ length: before.length + 1 }, () => new Uint32Array(after.length + 1));
  const of = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = before.length - 1; 0 <= i; i--) {
    for (let j = after.length - 1; 0 <= j; j--) {
      const row = common[i];
      if (row) row[j] = before[i] === after[j] ? of(i + 1, j + 1) + 1 : Math.max(of(i + 1, j), of(i, j + 1));
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    const [gone, come] = [before[i], after[j]];
    if (gone !== undefined && gone === come) {
      lines.push([' ', gone]);
      i++;
      j++;
    } else if (gone !== undefined && (come === undefined || of(i, j + 1) <= of(i + 1, j))) {
      lines.push(['-', gone]);
      i++;
    } else if (come !== undefined) {
      lines.push(['+', come]);
      j++;
    }
  }
  return lines;
}
