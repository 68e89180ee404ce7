import type { Connection } from 'vscode-languageserver';
import { TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { SourceDocument } from './documents/source.ts';
import { type CompletionFeatures, completionFeatures } from './features/completion-list.ts';
import type { InitializationOptions } from './protocol.ts';
import { ReportStore } from './reports.ts';
import { check, type Diagnostic } from './rules/engine.ts';
import { rules } from './rules/generated/index.ts';
import { defaultSettings, readSettings, type Settings } from './settings.ts';
import { VerdictStore } from './verdicts.ts';
import type { Workspace } from './workspace.ts';

/** What the client said it can do; features fall back where it cannot. */
export interface ClientFeatures {
  readonly pullDiagnostics: boolean;
  readonly refreshDiagnostics: boolean;
  readonly refreshCodeLens: boolean;
  readonly refreshInlayHints: boolean;
  readonly configuration: boolean;
  readonly documentContent: boolean;
  readonly showDocument: boolean;
  /** Whether edits may have placeholders that the user fills in. */
  readonly snippetEdits: boolean;
  readonly completion: CompletionFeatures;
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
  options: InitializationOptions = {};
  client: ClientFeatures = {
    pullDiagnostics: false,
    refreshDiagnostics: false,
    refreshCodeLens: false,
    refreshInlayHints: false,
    configuration: false,
    documentContent: false,
    showDocument: false,
    snippetEdits: false,
    completion: completionFeatures({}),
    changeAnnotations: false,
  };
  private readonly sources = new Map<string, SourceDocument>();
  private readonly settings = new Map<string, Promise<Settings>>();

  constructor(connection: Connection, workspace: (session: Session) => Workspace, runner: Runner) {
    this.connection = connection;
    this.workspace = workspace(this);
    this.runner = runner;
    this.documents.onDidClose(({ document: { uri } }) => {
      this.sources.delete(uri);
      this.settings.delete(uri);
      this.verdicts.clear(uri);
    });
  }

  /** The open document, parsed once for each version. */
  source(uri: string): SourceDocument | undefined {
    const document = this.documents.get(uri);
    if (!document) return undefined;
    const { version, languageId } = document;
    const kept = this.sources.get(uri);
    if (kept && kept.version === version && kept.languageId === languageId) return kept;
    const source = new SourceDocument({ uri, languageId, version, text: document.getText() });
    this.sources.set(uri, source);
    return source;
  }

  /** A document of ours, open or not. Undefined where it cannot be read or is none of ours. */
  async read(uri: string, text?: string): Promise<SourceDocument | undefined> {
    if (text === undefined) {
      const open = this.source(uri);
      if (open) return open;
    }
    const content = text ?? (await this.workspace.read(uri));
    return content === undefined ? undefined : new SourceDocument({ uri, text: content });
  }

  async diagnose(source: SourceDocument): Promise<Diagnostic[]> {
    const settings = await this.settingsOf(source.uri);
    return check(source, {
      rules,
      severities: settings.rules,
      ...(this.options.jsonService ? { silent: JSON_SERVICE_RULES } : {}),
      onError: (rule, error) => this.log(`the rule ${rule.id} failed on ${source.uri}`, error),
    });
  }

  async settingsOf(uri: string): Promise<Settings> {
    if (!this.client.configuration) return defaultSettings;
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

  forgetSettings(): void {
    this.settings.clear();
  }

  /** A failure costs the one feature that failed; it is logged and the rest goes on. */
  log(message: string, error: unknown): void {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.connection.console.error(`${message}: ${detail}`);
  }
}

/** Runs what needs cryptography or time away from the thread that answers the editor. */
export interface Runner {
  run<T>(job: string, input: unknown, signal?: AbortSignal): Promise<T>;
}
