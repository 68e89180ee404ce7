import { type CoverageReport, type CoveredFile, nameOfStatement } from '../test/coverage-report.ts';

/**
 * The tracefile of `lcov`, which CI systems and editors read: a statement of a policy is a function whose lines were
 * reached as often as steps exercised it.
 */
export function coverageLcov({ files }: CoverageReport): string {
  return files
    .flatMap(recordOf)
    .map((line) => `${line}\n`)
    .join('');
}

function recordOf({ file, covered, statements }: CoveredFile): string[] {
  const functions: string[] = [];
  const counts: string[] = [];
  const lines = new Map<number, number>();
  const names = new Map<string, number>();
  for (const statement of statements) {
    const { range, steps } = statement;
    const name = unique(nameOfStatement(statement), names);
    functions.push(`FN:${range.start.line + 1},${name}`);
    counts.push(`FNDA:${steps},${name}`);
    // Where statements share a line, it was reached as often as the one that most steps exercised.
    for (let line = range.start.line + 1; line <= range.end.line + 1; line++)
      lines.set(line, Math.max(lines.get(line) ?? 0, steps));
  }
  const sorted = [...lines].sort(([a], [b]) => a - b);
  return [
    'TN:',
    `SF:${file}`,
    ...functions,
    ...counts,
    `FNF:${statements.length}`,
    `FNH:${covered}`,
    ...sorted.map(([line, steps]) => `DA:${line},${steps}`),
    `LF:${sorted.length}`,
    `LH:${sorted.filter(([, steps]) => steps > 0).length}`,
    'end_of_record',
  ];
}

/** Counts are joined to functions by name. */
function unique(name: string, names: Map<string, number>): string {
  const line = name.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const count = (names.get(line) ?? 0) + 1;
  names.set(line, count);
  return count === 1 ? line : unique(`${line} (${count})`, names);
}
