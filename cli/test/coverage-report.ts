import type { Range } from '../../server/protocol.ts';
import { toPointer } from '../../simulator/json/place.ts';
import { Coverage } from '../../simulator/scenario/coverage.ts';
import type { TestDocuments } from './documents.ts';
import type { ScenarioRun } from './scenario-run.ts';

/** Which statements the steps exercised, with where they stand. */
export interface CoverageReport {
  readonly covered: number;
  readonly total: number;
  /** By name. */
  readonly files: readonly CoveredFile[];
}

export interface CoveredFile {
  readonly file: string;
  readonly covered: number;
  readonly statements: readonly CoveredStatement[];
}

export interface CoveredStatement {
  readonly sid: string | undefined;
  readonly pointer: string;
  readonly range: Range;
  /** The steps that it applied to. */
  readonly steps: number;
  /** The steps that were about its actions, though it did not apply. */
  readonly considered: number;
}

export function coverageOf(runs: Iterable<ScenarioRun>, documents: TestDocuments): CoverageReport {
  const coverage = new Coverage();
  for (const { world, results } of runs) if (world) coverage.add(world, results);
  const files = coverage.all.flatMap(({ uri, statements }): CoveredFile[] => {
    const document = documents.get(uri);
    if (!document) return [];
    return [
      {
        file: documents.nameOf(uri),
        covered: statements.filter(({ steps }) => steps > 0).length,
        statements: statements.map(({ statement: { sid, path }, steps, considered }) => ({
          sid,
          pointer: toPointer(path),
          range: document.rangeOf({ path }),
          steps,
          considered,
        })),
      },
    ];
  });
  files.sort((a, b) => (a.file < b.file ? -1 : 1));
  const sum = (count: (file: CoveredFile) => number): number => files.reduce((all, file) => all + count(file), 0);
  return { covered: sum(({ covered }) => covered), total: sum(({ statements }) => statements.length), files };
}

/** Of nothing everything is covered. Rounded down, so that 100 means all. */
export function percentOf({ covered, total }: { readonly covered: number; readonly total: number }): number {
  return total === 0 ? 100 : Math.floor((covered / total) * 1000) / 10;
}

/** The Sid, or where there is none the number. */
export function nameOfStatement({ sid, pointer }: CoveredStatement): string {
  if (sid !== undefined && sid !== '') return sid;
  const index = pointer.slice(pointer.lastIndexOf('/') + 1);
  return /^\d+$/.test(index) ? `statement ${Number(index) + 1}` : 'the statement';
}
