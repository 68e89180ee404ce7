import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kindOfName } from '../../server/documents/kinds.ts';
import type { TrailEvent } from '../../simulator/trail/event.ts';
import { CommandError } from '../failure.ts';
import { CliConfigs } from '../files/config.ts';
import { displayName, uriOf } from '../files/read.ts';
import { findFiles } from '../files/walk.ts';
import { type CoverageReport, coverageOf } from './coverage-report.ts';
import { type Change, TestDocuments } from './documents.ts';
import { countsOf, type ScenarioReport, scenarioReport, type TestReport } from './report.ts';
import { runFile, type ScenarioRun, type ScenarioRunOptions } from './scenario-run.ts';

/** What is different from what was run. */
export interface Changes {
  /** What people are told: `changed: orders.key-policy.json`. */
  readonly words: readonly string[];
  /** The scenarios to run again. */
  readonly paths: readonly string[];
}

/** The scenarios of some paths of the command line, with what came of each when it ran last. */
export class Suite {
  readonly documents = new TestDocuments();
  private readonly paths: readonly string[];
  private readonly options: ScenarioRunOptions;
  private readonly fail: (message: string) => void;
  /** By path, in the order in which they were found. */
  private runs = new Map<string, ScenarioRun | undefined>();
  private readonly reports = new WeakMap<ScenarioRun, ScenarioReport>();
  private walked: readonly string[] = [];
  private readonly told = new Set<string>();

  /** @param fail hears of what cannot be read */
  constructor(paths: readonly string[], options: ScenarioRunOptions, fail: (message: string) => void) {
    this.paths = paths;
    this.options = options;
    this.fail = fail;
  }

  /** How many scenarios there are. */
  get size(): number {
    return this.runs.size;
  }

  /** Those of which some step was wanted, in order. */
  get scenarios(): readonly ScenarioReport[] {
    return this.wanted.map((run) => this.reportOf(run));
  }

  /** The folders in which something may happen that matters. */
  get folders(): ReadonlySet<string> {
    const files = [...this.runs.values()].flatMap((run) => [...(run?.sources ?? [])].map((uri) => fileURLToPath(uri)));
    const named = [...this.paths, ...this.runs.keys()].map((path) => resolve(path));
    return new Set([...[...files, ...named].map((path) => dirname(path)), ...this.walked]);
  }

  /** Looks for the scenarios anew; the paths of those that were not there before. */
  async discover(): Promise<string[]> {
    const found = new Map<string, string>();
    const walked: string[] = [];
    const configs = new CliConfigs();
    for (const path of this.paths) {
      try {
        const { isFolder, files, folders } = await findFiles(path);
        walked.push(...folders.map((folder) => resolve(folder)));
        for (const file of files)
          if (!isFolder || (await this.isScenario(file.path, configs)))
            if (!found.has(resolve(file.path))) found.set(resolve(file.path), file.path);
      } catch (error) {
        this.failed(error);
      }
    }
    const before = this.runs;
    this.runs = new Map([...found.values()].map((path) => [path, before.get(path)]));
    this.walked = walked;
    return [...found.values()].filter((path) => !before.has(path));
  }

  /** Runs a scenario; undefined where it cannot be read, or no step of it is wanted. */
  async run(path: string): Promise<ScenarioReport | undefined> {
    try {
      const run = await runFile(path, this.documents, this.options);
      this.runs.set(path, run);
      return run.isFilteredOut ? undefined : this.reportOf(run);
    } catch (error) {
      this.runs.set(path, undefined);
      await this.documents.note(uriOf(path));
      this.failed(error);
      return undefined;
    }
  }

  /** What happened to the files since they were read. */
  async changes(): Promise<Changes> {
    const known = new Set(this.runs.keys());
    const changed = await this.documents.changed();
    const added = await this.discover();
    const deleted = [...known].filter((path) => !this.runs.has(path));
    const touched = new Set(changed.map(({ uri }) => uri));
    this.documents.forget([...touched, ...deleted.map(uriOf)]);
    const affected = [...this.runs].filter(
      ([path, run]) => !added.includes(path) && [...(run?.sources ?? [uriOf(path)])].some((uri) => touched.has(uri)),
    );
    const named = (what: Change['what'], paths: readonly string[]): string[] => {
      const names = changed.flatMap((change) => (change.what === what ? this.documents.nameOf(change.uri) : []));
      const all = [...new Set([...names, ...paths.map(displayName)])];
      return all.length === 0 ? [] : [`${what}: ${all.join(', ')}`];
    };
    return {
      words: [...named('changed', []), ...named('new', added), ...named('deleted', deleted)],
      paths: [...affected.map(([path]) => path), ...added],
    };
  }

  /** What CloudTrail recorded, scenario by scenario. */
  get events(): readonly TrailEvent[] {
    return this.wanted.flatMap(({ events }) => events);
  }

  report(milliseconds: number, withCoverage: boolean): TestReport {
    const { scenarios } = this;
    return {
      scenarios,
      counts: countsOf(scenarios),
      milliseconds,
      coverage: withCoverage ? this.coverage() : undefined,
    };
  }

  private reportOf(run: ScenarioRun): ScenarioReport {
    let report = this.reports.get(run);
    if (!report) {
      report = scenarioReport(run, this.documents);
      this.reports.set(run, report);
    }
    return report;
  }

  private coverage(): CoverageReport {
    return coverageOf(this.wanted, this.documents);
  }

  private get wanted(): ScenarioRun[] {
    return [...this.runs.values()].flatMap((run) => (run && !run.isFilteredOut ? run : []));
  }

  /** A name says it, or `.kms-lens.json`. */
  private async isScenario(path: string, configs: CliConfigs): Promise<boolean> {
    const named = kindOfName(path);
    if (named) return named === 'scenario';
    try {
      const config = await configs.of(path);
      for (const mistake of configs.newMistakes(config)) this.failed(new CommandError(mistake));
      return config.kindOf(uriOf(path)) === 'scenario';
    } catch (error) {
      this.failed(error);
      return false;
    }
  }

  private failed(error: unknown): void {
    if (!(error instanceof CommandError)) throw error;
    if (!this.told.has(error.message)) this.fail(error.message);
    this.told.add(error.message);
  }
}
