import {
  type CancellationToken,
  CancellationTokenSource,
  type Disposable,
  EventEmitter,
  type TestController,
  type TestItem,
  type TestRun,
  type TestRunProfile,
  TestRunProfileKind,
  TestRunRequest,
  tests,
  type Uri,
  workspace,
} from 'vscode';
import {
  method,
  type RunScenarioParams,
  type ScenarioRun,
  type ScenarioTests,
  type ScenarioUseJson,
  type StepDone,
} from '../../server/protocol.ts';
import { loadDetails, RunCoverage } from './coverage.ts';
import { ScenarioItems } from './items.ts';
import { report, reportMistakes } from './running.ts';

/** The part of the connection that scenarios need. */
export interface ScenarioServer {
  request<R>(method: string, params: unknown, token?: CancellationToken): Promise<R>;
  /** Told of each step of the runs that go on. */
  onStep(listener: (step: StepDone) => void): Disposable;
}

/** In milliseconds: a file that is being typed in is read again when typing pauses for so long. */
const PAUSE = 300;

/** Left out: all steps. */
export interface StepsWanted {
  readonly step?: number | undefined;
  readonly upTo?: number | undefined;
}

/** The scenarios in the Test Explorer: found, kept up to date, run, and their coverage shown. */
export class ScenarioExplorer implements Disposable {
  readonly #server: ScenarioServer;
  readonly #controller: TestController;
  readonly #items: ScenarioItems;
  readonly #run: TestRunProfile;
  readonly #subscriptions: Disposable[] = [];
  readonly #reading = new Map<string, NodeJS.Timeout>();
  readonly #continuous = new Set<TestRunRequest>();
  readonly #ran = new EventEmitter<string>();
  /** A scenario ran, or a part of it. */
  readonly onRan = this.#ran.event;
  #runs = 0;

  constructor(server: ScenarioServer) {
    this.#server = server;
    this.#controller = tests.createTestController('kms-lens.scenarios', 'KMS scenarios');
    this.#items = new ScenarioItems(this.#controller);
    this.#controller.resolveHandler = (item) => (item ? this.#read(item.id) : this.#discover());
    this.#controller.refreshHandler = () => this.#discover();
    const handler = (request: TestRunRequest, token: CancellationToken) => this.#start(request, token);
    this.#run = this.#controller.createRunProfile('Run', TestRunProfileKind.Run, handler, true);
    this.#run.supportsContinuousRun = true;
    const coverage = this.#controller.createRunProfile('Coverage', TestRunProfileKind.Coverage, handler, false);
    coverage.loadDetailedCoverage = loadDetails;
    this.#subscriptions.push(this.#controller, this.#ran, ...this.#watch());
  }

  dispose(): void {
    for (const timer of this.#reading.values()) clearTimeout(timer);
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  /**
   * Runs a scenario, one step of it or all up to one, or for a policy every scenario that uses it.
   *
   * @returns what came of each
   */
  async runFor(uri: string, { step, upTo }: StepsWanted = {}): Promise<readonly ScenarioRun[]> {
    const uris = uri.endsWith(SCENARIO) ? [uri] : await this.#using(uri);
    if (uris.length === 0) throw new Error('no scenario uses this policy: make one with “New scenario”');
    await Promise.all(uris.map((each) => this.#read(each)));
    const items = uris.flatMap((each) => {
      if (upTo !== undefined)
        return Array.from({ length: upTo + 1 }, (_, index) => this.#items.itemOf(each, index) ?? []).flat();
      return (step === undefined ? this.#items.suite(each) : this.#items.itemOf(each, step)) ?? [];
    });
    const source = new CancellationTokenSource();
    return this.#take(new TestRunRequest(items, undefined, this.#run), source.token);
  }

  async #using(policy: string): Promise<string[]> {
    const uses = await this.#server.request<ScenarioUseJson[]>(method.scenariosOf, { uri: policy });
    return uses.map(({ uri }) => uri);
  }

  #watch(): Disposable[] {
    const watcher = workspace.createFileSystemWatcher(`**/*${SCENARIO}`);
    return [
      watcher,
      watcher.onDidCreate((uri) => this.#read(uri.toString())),
      watcher.onDidChange((uri) => this.#read(uri.toString())),
      watcher.onDidDelete((uri) => this.#items.forget(uri.toString())),
      workspace.onDidOpenTextDocument(({ uri }) => {
        if (isScenario(uri)) void this.#read(uri.toString());
      }),
      workspace.onDidChangeTextDocument(({ document: { uri }, contentChanges }) => {
        if (isScenario(uri) && contentChanges.length > 0) this.#readLater(uri.toString());
        if (uri.path.endsWith('.json') && contentChanges.length > 0) this.#againLater();
      }),
      workspace.onDidSaveTextDocument(({ uri }) => void this.#saved(uri)),
    ];
  }

  async #discover(): Promise<void> {
    const found = await workspace.findFiles(`**/*${SCENARIO}`, '**/node_modules/**');
    const uris = new Set(found.map(String));
    for (const { id } of this.#items.suites) if (!uris.has(id) && !isOpen(id)) this.#items.forget(id);
    await Promise.all([...uris].map((uri) => this.#read(uri)));
  }

  async #read(uri: string): Promise<void> {
    const tested = await this.#server.request<ScenarioTests | null>(method.scenario, { uri }).catch(() => null);
    if (tested) this.#items.show(tested);
    else this.#items.forget(uri);
  }

  #readLater(uri: string): void {
    clearTimeout(this.#reading.get(uri));
    this.#reading.set(
      uri,
      setTimeout(() => {
        this.#reading.delete(uri);
        void this.#read(uri);
      }, PAUSE),
    );
  }

  /** A continuous run begins with a run, and lasts until it is cancelled. */
  async #start(request: TestRunRequest, token: CancellationToken): Promise<void> {
    if (request.continuous) {
      this.#continuous.add(request);
      token.onCancellationRequested(() => this.#continuous.delete(request));
    }
    await this.#take(request, token);
  }

  #againLater(): void {
    if (this.#continuous.size === 0) return;
    clearTimeout(this.#reading.get(CONTINUOUS));
    this.#reading.set(
      CONTINUOUS,
      setTimeout(() => {
        this.#reading.delete(CONTINUOUS);
        for (const request of this.#continuous) void this.#take(request, new CancellationTokenSource().token);
      }, PAUSE),
    );
  }

  /** Where the setting asks for it, the scenarios that a saved file takes part in. */
  async #saved(uri: Uri): Promise<void> {
    if (!uri.path.endsWith('.json') || this.#continuous.size > 0) return;
    if (workspace.getConfiguration('kms-lens', uri).get('scenarios.runOnSave') !== true) return;
    const uris = isScenario(uri) ? [uri.toString()] : await this.#using(uri.toString()).catch(() => []);
    if (uris.length === 0) return;
    await Promise.all(uris.map((each) => this.#read(each)));
    const request = new TestRunRequest(
      uris.flatMap((each) => this.#items.suite(each) ?? []),
      undefined,
      this.#run,
      false,
      true,
    );
    await this.#take(request, new CancellationTokenSource().token);
  }

  async #take(request: TestRunRequest, token: CancellationToken): Promise<readonly ScenarioRun[]> {
    if (!request.include && this.#items.suites.length === 0) await this.#discover();
    const run = this.#controller.createTestRun(request);
    const coverage = new RunCoverage();
    const results: ScenarioRun[] = [];
    try {
      for (const [suite, steps] of this.#wanted(request)) {
        if (token.isCancellationRequested || run.token.isCancellationRequested) break;
        const result = await this.#suite(run, suite, steps);
        if (!result) continue;
        results.push(result);
        coverage.add(result.coverage);
      }
      if (request.profile?.kind === TestRunProfileKind.Coverage) coverage.report(run);
    } finally {
      run.end();
    }
    return results;
  }

  /** The suites that a request is about, with the steps that are wanted; undefined: all of them. */
  #wanted({ include, exclude = [] }: TestRunRequest): ReadonlyMap<TestItem, readonly number[] | undefined> {
    const wanted = new Map<TestItem, readonly number[] | undefined>();
    const excluded = new Set(exclude);
    for (const item of include ?? this.#items.suites) {
      if (excluded.has(item)) continue;
      const step = this.#items.stepOf(item);
      if (step === undefined || !item.parent) wanted.set(item, undefined);
      else if (!wanted.has(item.parent) || wanted.get(item.parent))
        wanted.set(item.parent, [...(wanted.get(item.parent) ?? []), step]);
    }
    for (const [suite, steps] of wanted) {
      const all = [...suite.children].map(([, item]) => item);
      if (!steps && all.some((item) => excluded.has(item)))
        wanted.set(
          suite,
          all.flatMap((item) => (excluded.has(item) ? [] : (this.#items.stepOf(item) ?? []))),
        );
    }
    return wanted;
  }

  async #suite(run: TestRun, suite: TestItem, steps: readonly number[] | undefined): Promise<ScenarioRun | undefined> {
    const uri = suite.id;
    // What the file says now: steps may have come since it was last read.
    if (!steps) await this.#read(uri);
    const number = ++this.#runs;
    const items = [...suite.children].map(([, item]) => item);
    const taken = items.filter((item) => !steps || steps.includes(this.#items.stepOf(item) ?? -1));
    for (const item of taken) run.started(item);
    const told = new Set<number>();
    const tell = ({ run: of, uri: scenario, step }: StepDone): void => {
      const item = of === number && scenario === uri ? this.#items.itemOf(uri, step.index) : undefined;
      if (!item || told.has(step.index)) return;
      told.add(step.index);
      report(run, item, step);
    };
    const listening = this.#server.onStep(tell);
    try {
      const params: RunScenarioParams = { uri, run: number, ...(steps ? { steps } : {}) };
      const result = await this.#server.request<ScenarioRun>(method.runScenario, params, run.token);
      this.#ran.fire(uri);
      // Steps that were told on the way are told once.
      for (const step of result.steps) tell({ run: number, uri, step });
      if (result.errors.length > 0) reportMistakes(run, suite, result.errors);
      for (const item of taken) if (!told.has(this.#items.stepOf(item) ?? -1)) run.skipped(item);
      return result;
    } catch (error) {
      if (run.token.isCancellationRequested) return undefined;
      throw error;
    } finally {
      listening.dispose();
    }
  }
}

const SCENARIO = '.kms-scenario.json';
/** Stands among the files for the run that goes on. */
const CONTINUOUS = '';

const isScenario = ({ scheme, path }: Uri): boolean => scheme !== 'git' && path.endsWith(SCENARIO);

const isOpen = (uri: string): boolean => workspace.textDocuments.some((document) => document.uri.toString() === uri);
