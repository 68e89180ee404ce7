import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { trailFile } from '../../simulator/trail/file.ts';
import { CommandError, EXIT } from '../failure.ts';
import { reasonOf } from '../files/read.ts';
import { coverageJson } from '../output/coverage-json.ts';
import { coverageLcov } from '../output/coverage-lcov.ts';
import { coverageSummary, printCoverage } from '../output/coverage-text.ts';
import { type Sink, type Terminal, TextSink } from '../output/terminal.ts';
import { testJson } from '../output/test-json.ts';
import { testJunit } from '../output/test-junit.ts';
import { testTap } from '../output/test-tap.ts';
import { printScenario, testSummary } from '../output/test-text.ts';
import { type CoverageReport, percentOf } from '../test/coverage-report.ts';
import { FolderWatch } from '../test/folder-watch.ts';
import { type TestFormat, type TestOptions, wantsCoverage } from '../test/options.ts';
import type { TestReport } from '../test/report.ts';
import { type Changes, Suite } from '../test/suite.ts';

/** The formats that are written when everything has run. */
const writers: Readonly<Record<Exclude<TestFormat, 'text'>, (report: TestReport) => string>> = {
  json: testJson,
  junit: testJunit,
  tap: testTap,
};

/** A file name that stands for standard output. */
const STDOUT = '-';

const CLEAR = '\u001b[2J\u001b[3J\u001b[H';

/** `kms-lens test` on some paths; the exit code. */
export class TestRun {
  private readonly terminal: Terminal;
  private readonly options: TestOptions;
  private readonly paths: readonly string[];
  private readonly suite: Suite;
  private failed = false;

  constructor(terminal: Terminal, options: TestOptions, paths: readonly string[]) {
    const { filter, root = '.' } = options;
    this.terminal = terminal;
    this.options = options;
    this.paths = paths;
    const folder = pathToFileURL(resolve(root)).href.replace(/\/?$/, '/');
    this.suite = new Suite(paths, { filter, root: folder }, (message) => this.fail(message));
  }

  async run(): Promise<number> {
    this.checkOptions();
    const start = performance.now();
    const code = await this.take(await this.suite.discover(), start);
    return this.options.watch ? this.watch() : code;
  }

  /** Takes the steps of some scenarios, and reports on all. */
  private async take(paths: readonly string[], start: number): Promise<number> {
    const { out } = this.terminal;
    const { format } = this.options;
    const { words } = this;
    for (const path of paths) {
      const scenario = await this.suite.run(path);
      if (!scenario || format !== 'text') continue;
      // At one stroke: each write of a stream takes its time.
      const text = new TextSink(words.colours);
      printScenario(scenario, text);
      words.write(text.text);
    }
    const report = this.suite.report(performance.now() - start, wantsCoverage(this.options));
    if (format !== 'text') out.write(writers[format](report));
    const isCovered = report.coverage === undefined || (await this.coverage(report.coverage, words));
    await this.writeTrail();
    const isEmpty = report.scenarios.length === 0;
    if (!isEmpty) words.line(testSummary(report, words));
    else if (!this.failed) this.noteEmpty();
    if (this.failed) return EXIT.usage;
    const { failed, errors } = report.counts;
    return failed + errors > 0 || isEmpty || !isCovered ? EXIT.findings : EXIT.fine;
  }

  /** Where people read what is no report. */
  private get words(): Sink {
    const { format, trail } = this.options;
    return format === 'text' && trail !== STDOUT ? this.terminal.out : this.terminal.error;
  }

  private async writeTrail(): Promise<void> {
    const { trail } = this.options;
    if (trail === undefined) return;
    const { events } = this.suite;
    const text = trailFile(events);
    if (trail === STDOUT) return this.terminal.out.write(text);
    await writeReport(trail, text);
    this.words.line(`${events.length} CloudTrail ${events.length === 1 ? 'event' : 'events'}, written to ${trail}`);
  }

  /** A run that takes no step proves nothing, so nobody should take it for one that passed. */
  private noteEmpty(): void {
    const { filter } = this.options;
    if (this.suite.size > 0)
      return this.note(`\`--filter ${filter}\` fits no step: it is looked for in the names of steps and files`);
    const where = this.paths.map((path) => `\`${path}\``).join(', ');
    this.note(`no scenario in ${where}: scenarios are files named \`*.kms-scenario.json\``);
  }

  /** Whether enough is covered. */
  private async coverage(coverage: CoverageReport, words: Sink): Promise<boolean> {
    const { coverageFormat = 'text', coverageOutput, coverageThreshold = 0 } = this.options;
    if (coverageOutput === undefined) printCoverage(coverage, words);
    else {
      const file = new TextSink();
      if (coverageFormat === 'text') printCoverage(coverage, file);
      else file.write(coverageFormat === 'lcov' ? coverageLcov(coverage) : coverageJson(coverage));
      await writeReport(coverageOutput, file.text);
      words.line(`${coverageSummary(coverage)}, written to ${coverageOutput}`);
    }
    const isEnough = percentOf(coverage) >= coverageThreshold;
    if (!isEnough) this.note(`the coverage of ${percentOf(coverage)} % is below the ${coverageThreshold} % asked for`);
    return isEnough;
  }

  /** Runs again what a change touches, until somebody ends it. */
  private async watch(): Promise<number> {
    const { out } = this.terminal;
    const ending = new AbortController();
    const end = (): void => ending.abort();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, end);
    const folders = new FolderWatch(ending.signal);
    try {
      for (;;) {
        out.line(out.colours.dim('watching for changes; Ctrl-C ends'));
        let changes: Changes;
        do {
          // What happened in a folder before it was watched, nobody tells.
          if (folders.watch(this.suite.folders)) await folders.settled();
          else await folders.next();
          if (ending.signal.aborted) return EXIT.fine;
          changes = await this.suite.changes();
        } while (changes.words.length === 0);
        out.write(out.isTerminal ? CLEAR : '\n');
        for (const line of changes.words) out.line(out.colours.bold(line));
        this.failed = false;
        await this.take(changes.paths, performance.now());
      }
    } finally {
      folders.close();
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.off(signal, end);
    }
  }

  private checkOptions(): void {
    const { format, watch, coverageFormat = 'text', coverageOutput, trail } = this.options;
    if (trail === STDOUT && (watch || format !== 'text'))
      throw new CommandError(
        `\`--trail -\` has standard output for itself, and \`${watch ? '--watch' : `--format ${format}`}\` writes there, too: name a file`,
      );
    if (watch && format !== 'text')
      throw new CommandError(`\`--watch\` goes on and on, and a ${format} report has an end: leave one of the two out`);
    if (coverageFormat !== 'text' && coverageOutput === undefined)
      throw new CommandError(
        `coverage as ${coverageFormat} goes into a file of its own: name it with \`--coverage-output\``,
      );
  }

  private fail(message: string): void {
    this.failed = true;
    this.note(message);
  }

  private note(message: string): void {
    this.terminal.error.line(`kms-lens: ${message}`);
  }
}

/** @throws {CommandError} where the file cannot be written */
async function writeReport(path: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  } catch (error) {
    throw new CommandError(`cannot write \`${path}\`: ${error instanceof Error ? reasonOf(error) : String(error)}`);
  }
}
