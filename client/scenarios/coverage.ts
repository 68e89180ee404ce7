import { FileCoverage, StatementCoverage, type TestRun, Uri } from 'vscode';
import type { DocumentCoverageJson } from '../../server/protocol.ts';
import { toRange } from './ranges.ts';

/** Which policy statements the steps of one run exercised, over all of its scenarios. */
export class RunCoverage {
  readonly #documents = new Map<string, Map<string, StatementCoverage>>();

  add(documents: readonly DocumentCoverageJson[]): void {
    for (const { uri, statements } of documents) {
      const counted = this.#documents.get(uri) ?? new Map<string, StatementCoverage>();
      this.#documents.set(uri, counted);
      for (const { range, steps } of statements) {
        const id = JSON.stringify(range);
        const before = counted.get(id)?.executed;
        counted.set(id, new StatementCoverage(steps + Number(before ?? 0), toRange(range)));
      }
    }
  }

  report(run: TestRun): void {
    for (const [uri, statements] of this.#documents) {
      const details = [...statements.values()];
      const coverage = FileCoverage.fromDetails(Uri.parse(uri, true), details);
      detailsOf.set(coverage, details);
      run.addCoverage(coverage);
    }
  }
}

const detailsOf = new WeakMap<FileCoverage, readonly StatementCoverage[]>();

/** What VS Code asks for when somebody looks at a covered file. */
export async function loadDetails(_run: TestRun, coverage: FileCoverage): Promise<StatementCoverage[]> {
  return [...(detailsOf.get(coverage) ?? [])];
}
