import type { Connection } from 'vscode-languageserver';
import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { forgetTexts } from '../simulator/text/remembered.ts';
import type { Config, ConfiguredCheck } from './config/config.ts';
import { factsOfKey } from './config/facts.ts';
import type { ReadDocument } from './config/listed-policies.ts';
import { ConfigStore } from './config/store.ts';
import { folderOf, rootOf } from './config/uris.ts';
import { type DocumentKind, kindOfName } from './documents/kinds.ts';
import { SourceDocument } from './documents/source.ts';
import { type CompletionFeatures, completionFeatures } from './features/completion-list.ts';
import type { InitializationOptions } from './protocol.ts';
import { ReportStore } from './reports.ts';
import type { Diagnostic } from './rules/diagnostic.ts';
import { check } from './rules/engine.ts';
import { rules } from './rules/generated/index.ts';
import { StatementMemory } from './rules/statement-memory.ts';
import { factsFromScenarios } from './scenarios/facts.ts';
import { openScenario } from './scenarios/open.ts';
import { OpenScenarios } from './scenarios/open-scenarios.ts';
import { ScenarioPolicies } from './scenarios/policies.ts';
import { ScenarioResults } from './scenarios/results.ts';
import { ScenarioIndex } from './scenarios/scenario-index.ts';
import { ScenarioTrails } from './scenarios/trails.ts';
import { defaultSettings, readPushedSettings, readSettings, type Settings } from './settings.ts';
import { Timelines } from './timelines/kept.ts';
import { VerdictStore } from './verdicts.ts';
import type { Workspace } from './workspace.ts';

/** What the client said it can do; features fall back where it cannot. */
export interface ClientFeatures {
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  /** Whether it shows lenses at all. */
  readonly codeLens: boolean;
  readonly refreshCodeLens: boolean;
  readonly refreshInlayHints: boolean;
  readonly configuration: boolean;
  /** Whether it tells of changed settings only after it was asked to. */
  readonly registersConfiguration: boolean;
  readonly watchedFiles: boolean;
  readonly workspaceFolders: boolean;
  readonly documentContent: boolean;
  readonly showDocument: boolean;
  /** Whether edits may have placeholders that the user fills in. */
  readonly snippetEdits: boolean;
  /** Whether edits may create files. */
  readonly createFiles: boolean;
  readonly completion: CompletionFeatures;
  readonly markdownHovers: boolean;
  /** Whether an outline may have levels. */
  readonly nestedSymbols: boolean;
  /** Edits may carry a label and be previewed before they are made. */
  readonly changeAnnotations: boolean;
}

/** Rules whose findings an editor with a JSON service reports itself. */
const JSON_SERVICE_RULES: ReadonlySet<string> = new Set(['json-syntax', 'json-duplicate-key']);

/** Everything the features of one connection share: the open documents, the settings, the verdicts shown. */
export class Session {
  readonly connection: Connection;
  readonly workspace: Workspace;
  readonly runner: Runner;
  readonly documents = new TextDocuments(TextDocument);
  readonly reports = new ReportStore();
  readonly verdicts = new VerdictStore();
  readonly scenarioResults = new ScenarioResults();
  readonly scenarioTrails = new ScenarioTrails();
  readonly timelines = new Timelines();
  readonly openScenarios = new OpenScenarios(async (uri) => {
    const document =
      (await this.readAs(uri, 'scenario')) ?? new SourceDocument({ uri, text: '', configured: 'scenario' });
    const root = rootOf(folderOf(uri) ?? '', this.configs.roots);
    return openScenario(document, root, (each, kind) => this.readAs(each, kind), { bytes: this.workspace.bytes });
  });
  readonly scenarioIndex = new ScenarioIndex({
    roots: () => this.configs.roots,
    find: () => this.workspace.find('.kms-scenario.json'),
    open: () => this.documents.keys().filter((uri) => kindOfName(uri) === 'scenario'),
    read: (uri) => this.readAs(uri, 'scenario'),
  });
  /** The `.kms-lens.json` files around the documents. */
  readonly configs = new ConfigStore((uri) => this.workspace.read(uri));
  options: InitializationOptions = {};
  client: ClientFeatures = {
    pullDiagnostics: false,
    refreshDiagnostics: false,
    codeLens: false,
    refreshCodeLens: false,
    refreshInlayHints: false,
    configuration: false,
    registersConfiguration: false,
    watchedFiles: false,
    workspaceFolders: false,
    documentContent: false,
    showDocument: false,
    snippetEdits: false,
    createFiles: false,
    completion: completionFeatures({}),
    markdownHovers: false,
    nestedSymbols: false,
    changeAnnotations: false,
  };
  /** The policies that findings in other documents rest on. */
  readonly consulted = new Set<string>();
  /** What is known of the files that open scenarios name. */
  readonly scenarioPolicies = new ScenarioPolicies({
    read: (uri, kind) => this.consult(uri, kind),
    rootOf: (folder) => rootOf(folder, this.configs.roots),
    log: (error) => this.log('the policies of a scenario could not be read', error),
  });
  private readonly sources = new Map<string, { source: SourceDocument; configured: DocumentKind | undefined }>();
  private readonly memories = new Map<string, StatementMemory>();
  /** What the client was last told of open documents. */
  private readonly told = new Map<string, { version: number | undefined; findings: Promise<readonly Diagnostic[]> }>();
  private readonly settings = new Map<string, Promise<Settings>>();
  private pushedSettings = defaultSettings;

  constructor(connection: Connection, workspace: (session: Session) => Workspace, runner: Runner) {
    this.connection = connection;
    this.workspace = workspace(this);
    this.runner = runner;
    this.documents.onDidOpen(({ document: { uri } }) => void this.configOf(uri));
    this.documents.onDidClose(({ document: { uri } }) => {
      this.sources.delete(uri);
      this.memories.delete(uri);
      this.told.delete(uri);
      if (this.documents.keys().length === 0) forgetTexts();
      this.settings.delete(uri);
      this.verdicts.clear(uri);
      this.scenarioPolicies.forget(uri);
    });
  }

  /**
   * The open document, parsed once for each version. What its configuration says of its kind counts from the moment that
   * it is loaded, which `answer` waits for.
   */
  source(uri: string): SourceDocument | undefined {
    const document = this.documents.get(uri);
    if (!document) return undefined;
    const { version, languageId } = document;
    const configured = this.configs.known(uri).kindOf(uri);
    const kept = this.sources.get(uri);
    if (kept && kept.source.version === version && kept.source.languageId === languageId) {
      if (kept.configured === configured) return kept.source;
    }
    const text = document.getText();
    const source = new SourceDocument({
      uri,
      languageId,
      version,
      text,
      previous: kept?.source,
      ...(configured ? { configured } : {}),
    });
    this.sources.set(uri, { source, configured });
    return source;
  }

  /** A document of ours, open or not. Undefined where it cannot be read or is none of ours. */
  async read(uri: string, text?: string): Promise<SourceDocument | undefined> {
    const configured = (await this.configOf(uri)).kindOf(uri);
    if (text === undefined) {
      const open = this.source(uri);
      if (open) return open;
    }
    const content = text ?? (await this.workspace.read(uri));
    if (content === undefined) return undefined;
    return new SourceDocument({ uri, text: content, ...(configured ? { configured } : {}) });
  }

  /** A document that somebody says is of a kind, though its name and content may not tell. */
  async readAs(uri: string, kind: DocumentKind): Promise<SourceDocument | undefined> {
    const found = await this.read(uri);
    if (!found || 0 < found.kind.candidates.length) return found;
    return new SourceDocument({ uri, text: found.text, configured: kind });
  }

  /** The same for a document that findings in others rest on. */
  private consult(uri: string, kind: DocumentKind): Promise<SourceDocument | undefined> {
    this.consulted.add(uri);
    return this.readAs(uri, kind);
  }

  async diagnose(source: SourceDocument): Promise<Diagnostic[]> {
    const { facts, ...options } = await this.checkOptions(source.uri);
    const unusableFiles = this.scenarioPolicies.unusable(source);
    return check(source, {
      rules,
      memory: this.memoryOf(source.uri),
      ...options,
      facts: { ...facts, ...(unusableFiles ? { unusableFiles } : {}) },
      ...(this.options.jsonService ? { silent: JSON_SERVICE_RULES } : {}),
      onError: (rule, error) => this.log(`the rule ${rule.id} failed on ${source.uri}`, error),
    });
  }

  /** Diagnoses a document for the client to show. */
  tell(source: SourceDocument): Promise<readonly Diagnostic[]> {
    const findings = this.diagnose(source);
    if (this.documents.get(source.uri)) this.told.set(source.uri, { version: source.version, findings });
    return findings;
  }

  /**
   * The findings that the client shows. After a change there are none until it was told of those: whoever reads on need not
   * wait for rules. To a client that never asks nothing is told, so they are found for it.
   */
  async shown(source: SourceDocument): Promise<readonly Diagnostic[]> {
    const told = this.told.get(source.uri);
    if (!told) return this.diagnose(source);
    return told.version === source.version ? told.findings : [];
  }

  /** Open documents alone are checked again and again. */
  private memoryOf(uri: string): StatementMemory {
    let memory = this.memories.get(uri);
    if (!memory) {
      memory = new StatementMemory();
      if (this.documents.get(uri)) this.memories.set(uri, memory);
    }
    return memory;
  }

  /** How a document is checked: what the settings and the configuration say of severities and the key, and what is suppressed. */
  async checkOptions(uri: string): Promise<ConfiguredCheck> {
    const [{ account, rules: severities }, config] = await Promise.all([this.editorSettings(uri), this.configOf(uri)]);
    const told = account === '' ? {} : { account };
    const read: ReadDocument = (policy, kind) => this.consult(policy, kind);
    const facts = await factsOfKey(config, uri, read, (error) => this.log('a key policy cannot be used', error));
    const uses = await this.scenarioIndex.usesOf(uri);
    const fromScenarios = await factsFromScenarios(uses, this.configs.roots, (each) => read(each, 'key-policy'));
    for (const { scenario } of uses) this.consulted.add(scenario.uri);
    return config.checkOptions({ ...told, ...fromScenarios, ...facts }, severities);
  }

  /** What the `.kms-lens.json` files around a document say. */
  configOf(uri: string): Promise<Config> {
    return this.configs.load(uri);
  }

  /** Reads the configuration of the open documents anew, in time for the next answer. */
  reloadConfigs(): void {
    this.configs.forget();
    for (const uri of this.documents.keys()) void this.configOf(uri);
  }

  /** What counts for a document: its configuration, which travels with the policies, then the editor's settings. */
  async settingsOf(uri: string): Promise<Settings> {
    const [settings, config] = await Promise.all([this.editorSettings(uri), this.configOf(uri)]);
    const { region, rules: severities } = config;
    return {
      ...settings,
      account: config.factsOf(uri).account ?? settings.account,
      region: region ?? settings.region,
      rules: { ...settings.rules, ...severities },
    };
  }

  private async editorSettings(uri: string): Promise<Settings> {
    if (!this.client.configuration) return this.pushedSettings;
    let settings = this.settings.get(uri);
    if (!settings) {
      settings = this.connection.workspace
        .getConfiguration({ scopeUri: uri, section: 'kms-lens' })
        .then(readSettings, (error: unknown) => {
          this.log('the settings could not be read', error);
          return defaultSettings;
        });
      this.settings.set(uri, settings);
    }
    return settings;
  }

  /** Clients that cannot be asked send along what has changed. */
  settingsChanged(pushed: unknown): void {
    this.settings.clear();
    this.pushedSettings = readPushedSettings(pushed);
  }

  /** A failure costs the one feature that failed; it is logged and the rest goes on. */
  log(message: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.connection.console.error(`${message}: ${detail}`);
  }
}

/** Runs what needs cryptography or time away from the thread that answers the editor. */
export interface Runner {
  run<T, P = never>(job: string, input: unknown, options?: RunOptions<P>): Promise<T>;
}

export interface RunOptions<P> {
  readonly signal?: AbortSignal | undefined;
  /** Told what the job says on the way. */
  readonly onProgress?: (progress: P) => void;
}
