import type { CoverageReport, CoveredFile } from '../test/coverage-report.ts';

/** Of every statement, the steps that it applied to. Lines and characters count from 0. */
export function coverageJson(coverage: CoverageReport): string {
  return `${JSON.stringify({ version: 1, ...coverageValue(coverage) }, null, 2)}\n`;
}

export function coverageValue({ covered, total, files }: CoverageReport): object {
  return { covered, total, files: files.map(fileValue) };
}

const fileValue = ({ file, covered, statements }: CoveredFile): object => ({
  file,
  covered,
  total: statements.length,
  statements: statements.map(({ sid, pointer, range, steps, considered }) => ({
    pointer,
    ...(sid === undefined ? {} : { sid }),
    range,
    steps,
    considered,
  })),
});
