import { fileURLToPath, pathToFileURL } from 'node:url';
import { kindOfName } from '../../server/documents/kinds.ts';
import type { ScenarioJson, StepJson } from '../../server/protocol.ts';
import { stepKinds } from '../../server/scenarios/kinds.ts';
import { openScenario } from '../../server/scenarios/open.ts';
import { stepJson } from '../../server/scenarios/step-json.ts';
import { Coverage } from '../../simulator/scenario/coverage.ts';
import { runScenario } from '../../simulator/scenario/run.ts';
import type { StepResult } from '../../simulator/scenario/step.ts';
import { CommandError, EXIT } from '../failure.ts';
import { displayName, readAs, readDocument } from '../files/read.ts';
import { findFiles } from '../files/walk.ts';
import type { Terminal } from '../output/terminal.ts';
import { printScenario, testSummary } from '../output/test-text.ts';

export interface TestOptions {
  readonly format: 'text' | 'json';
  readonly filter?: string;
}

/** `kms-lens test` on some paths; the exit code. */
export class TestRun {
  private readonly terminal: Terminal;
  private readonly options: TestOptions;
  private readonly scenarios: ScenarioJson[] = [];
  private readonly coverage = new Coverage();
  private failed = false;

  constructor(terminal: Terminal, options: TestOptions) {
    this.terminal = terminal;
    this.options = options;
  }

  async run(paths: readonly string[]): Promise<number> {
    const { out, error } = this.terminal;
    for (const path of await this.scenarioFiles(paths)) {
      const scenario = await this.scenario(path);
      if (!scenario) continue;
      this.scenarios.push(scenario);
      if (this.options.format === 'text') printScenario(scenario, out);
    }
    const counts = countsOf(this.scenarios);
    if (this.options.format === 'json')
      out.line(JSON.stringify({ version: 1, scenarios: this.scenarios, ...counts }, null, 2));
    (this.options.format === 'text' ? out : error).line(testSummary(counts, out));
    if (this.failed) return EXIT.usage;
    return counts.failed + counts.errors > 0 ? EXIT.findings : EXIT.fine;
  }

  private async scenarioFiles(paths: readonly string[]): Promise<readonly string[]> {
    const found = new Set<string>();
    for (const path of new Set(paths)) {
      try {
        const { isFolder, files } = await findFiles(path);
        for (const file of files) if (!isFolder || kindOfName(file.path) === 'scenario') found.add(file.path);
      } catch (error) {
        this.fail(error);
      }
    }
    return [...found];
  }

  private async scenario(path: string): Promise<ScenarioJson | undefined> {
    try {
      const document = await readDocument(path, { as: 'scenario' });
      const root = `${pathToFileURL(process.cwd()).href}/`;
      const { world, errors } = await openScenario(document, root, readAs);
      const results: StepResult[] = [];
      if (world) {
        const { filter } = this.options;
        const wanted = (step: { readonly title: string }): boolean =>
          filter === undefined || step.title.includes(filter) || displayName(path).includes(filter);
        for await (const result of runScenario(world, { kinds: stepKinds, wanted, clock: () => performance.now() }))
          results.push(result);
        this.coverage.add(world, results);
      }
      const description = world?.file.description;
      return {
        file: displayName(path),
        ...(description === undefined ? {} : { description }),
        steps: results.map((result) => stepJson(result, nameOf)),
        errors,
      };
    } catch (error) {
      this.fail(error);
      return undefined;
    }
  }

  private fail(error: unknown): void {
    if (!(error instanceof CommandError)) throw error;
    this.failed = true;
    this.terminal.error.line(`kms-lens: ${error.message}`);
  }
}

export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  /** Steps that could not be taken, and mistakes of files. */
  readonly errors: number;
}

function countsOf(scenarios: readonly ScenarioJson[]): TestCounts {
  const count = (outcome: StepJson['outcome']): number =>
    scenarios.reduce((sum, { steps }) => sum + steps.filter((step) => step.outcome === outcome).length, 0);
  const mistakes = scenarios.reduce((sum, { errors }) => sum + errors.length, 0);
  return { passed: count('pass'), failed: count('fail'), errors: count('error') + mistakes };
}

const nameOf = (uri: string): string => (uri.startsWith('file:') ? displayName(fileURLToPath(uri)) : uri);
