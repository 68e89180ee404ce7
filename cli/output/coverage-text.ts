import {
  type CoverageReport,
  type CoveredFile,
  type CoveredStatement,
  nameOfStatement,
  percentOf,
} from '../test/coverage-report.ts';
import type { Sink } from './terminal.ts';
import { amount, oneLine } from './test-text.ts';

/** Each policy with how much of it the steps exercised, and the statements that none did. */
export function printCoverage(coverage: CoverageReport, out: Sink): void {
  const { colours } = out;
  const width = Math.max(0, ...coverage.files.map(({ file }) => file.length));
  out.line(colours.bold('coverage: statements that applied to a step'));
  for (const file of coverage.files) printFile(file, width, out);
  out.line(coverageSummary(coverage));
  out.line();
}

/** `12 of 15 statements covered, 80 %`. */
export function coverageSummary(coverage: CoverageReport): string {
  return `${coverage.covered} of ${amount(coverage.total, 'statement')} covered, ${percentOf(coverage)} %`;
}

function printFile({ file, covered, statements }: CoveredFile, width: number, out: Sink): void {
  const { colours } = out;
  const isWhole = covered === statements.length;
  const count = `${covered}/${statements.length}`;
  out.line(
    `  ${isWhole ? colours.green('✓') : colours.yellow('✗')} ${file.padEnd(width)}  ${isWhole ? count : colours.yellow(count)}`,
  );
  for (const statement of statements) if (statement.steps === 0) printUncovered(file, statement, out);
}

function printUncovered(file: string, statement: CoveredStatement, out: Sink): void {
  const { considered, range } = statement;
  const how =
    considered === 0
      ? 'no step about its actions'
      : `${amount(considered, 'step')} about its actions, and it applied to none`;
  const name = oneLine(nameOfStatement(statement));
  out.line(`      ${file}:${range.start.line + 1}  ${name}  ${out.colours.dim(how)}`);
}
