import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type {
  ClientCapabilities,
  CodeAction,
  CodeLens,
  Diagnostic,
  DocumentDiagnosticReport,
  InitializeParams,
  InitializeResult,
  PublishDiagnosticsParams,
  Registration,
} from 'vscode-languageserver/node';
import {
  createProtocolConnection,
  type DataCallback,
  type Disposable,
  type ProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));

/** What an editor such as VS Code tells of itself. */
export const modernClient: ClientCapabilities = {
  textDocument: {
    diagnostic: { dynamicRegistration: false },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
  },
  workspace: {
    configuration: true,
    codeLens: { refreshSupport: true },
    diagnostics: { refreshSupport: true },
    textDocumentContent: {},
  },
  window: { showDocument: { support: true } },
};

export interface SessionOptions {
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  /** Whatever else the client says when it introduces itself. */
  readonly params?: Partial<InitializeParams>;
  /** The section `kms-lens` of the settings. */
  readonly settings?: object;
  /** The same by workspace folder, where they differ. */
  readonly settingsOf?: Readonly<Record<string, object>>;
  /** URIs of the folders that are open. */
  readonly workspaceFolders?: readonly string[];
  /** How the server is started. */
  readonly command?: readonly string[];
}

interface Streams {
  readonly stdout: NodeJS.ReadableStream;
  readonly stdin: NodeJS.WritableStream;
}

export interface Received {
  readonly method: string;
  readonly params?: unknown;
  /** Of a request. */
  readonly id?: unknown;
}

class RecordingReader extends StreamMessageReader {
  readonly received: Received[] = [];

  override listen(callback: DataCallback): Disposable {
    return super.listen((message) => {
      if ('method' in message && typeof message.method === 'string')
        this.received.push({ ...message, method: message.method });
      callback(message);
    });
  }
}

/** An editor's side of a conversation with the built language server, over standard input and output. */
export class LspSession {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly initialized: InitializeResult;
  readonly published: PublishDiagnosticsParams[] = [];
  readonly shownDocuments: string[] = [];
  readonly messages: string[] = [];
  readonly log: string[] = [];
  /** Every request and notification of the server, in its order. */
  readonly received: readonly Received[];
  /** What the server asked to be told of, or to be asked for. */
  readonly registered: string[] = [];
  /** The same with the options, for as long as it is asked for. */
  readonly registrations = new Map<string, { readonly method: string; readonly registerOptions: unknown }>();
  refreshes = 0;
  /** How often the server asked to be asked for findings again. */
  diagnosticRefreshes = 0;
  settings: object;
  /** Those of workspace folders, where they differ. */
  settingsOf: Record<string, object> = {};
  private version = 1;

  private constructor(process: ChildProcess, streams: Streams, settings: object) {
    const reader = new RecordingReader(streams.stdout);
    this.process = process;
    this.connection = createProtocolConnection(reader, new StreamMessageWriter(streams.stdin));
    this.received = reader.received;
    this.settings = settings;
    this.initialized = { capabilities: {} };
  }

  static async start(options: SessionOptions = {}): Promise<LspSession> {
    const [program = '', ...args] = options.command ?? [`${projectRoot}dist/server.js`, '--stdio'];
    const child = spawn(process.execPath, [program, ...args], { cwd: projectRoot });
    const session = new LspSession(child, child, options.settings ?? {});
    const { connection } = session;
    session.settingsOf = { ...options.settingsOf };
    onTestFinished(async () => void (await session.stop()));
    session.listen();
    const result = await connection.sendRequest<InitializeResult>('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: options.workspaceFolders?.map((uri) => ({ uri, name: uri })) ?? null,
      capabilities: options.capabilities ?? modernClient,
      initializationOptions: options.initializationOptions,
      ...options.params,
    });
    Object.assign(session.initialized, result);
    await connection.sendNotification('initialized', {});
    return session;
  }

  async open(uri: string, text: string, languageId = 'json'): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: this.version, text },
    });
  }

  async change(uri: string, text: string): Promise<void> {
    this.version += 1;
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: this.version },
      contentChanges: [{ text }],
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  /** A request about an open document. */
  async ask<T>(method: string, uri: string, more: object = {}): Promise<T> {
    return this.connection.sendRequest(method, { textDocument: { uri }, ...more });
  }

  async diagnostics(uri: string): Promise<readonly Diagnostic[]> {
    const report = await this.ask<DocumentDiagnosticReport>('textDocument/diagnostic', uri);
    return report.kind === 'full' ? report.items : [];
  }

  async codeActions(uri: string, range: Diagnostic['range'], only?: readonly string[]): Promise<CodeAction[]> {
    const context = { diagnostics: [], ...(only ? { only } : {}) };
    return this.ask('textDocument/codeAction', uri, { range, context });
  }

  async codeLenses(uri: string): Promise<CodeLens[]> {
    return this.ask('textDocument/codeLens', uri);
  }

  async execute<T>(command: string, argument: object): Promise<T> {
    return this.connection.sendRequest('workspace/executeCommand', { command, arguments: [argument] });
  }

  /** What `kms-lens:` documents hold. */
  async content(uri: string): Promise<string> {
    const { text } = await this.connection.sendRequest<{ text: string }>('workspace/textDocumentContent', { uri });
    return text;
  }

  /** Ends the server as an editor does. Returns its exit code. */
  async stop(): Promise<number | null> {
    if (this.process.exitCode !== null) return this.process.exitCode;
    const exited = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await exited;
    this.connection.dispose();
    return code;
  }

  private listen(): void {
    const { connection } = this;
    connection.onRequest('workspace/configuration', ({ items }: { items: readonly { scopeUri?: string }[] }) =>
      items.map(({ scopeUri = '' }) => this.settingsOf[scopeUri] ?? this.settings),
    );
    connection.onRequest(
      'client/registerCapability',
      ({ registrations }: { registrations: readonly Registration[] }) => {
        for (const { id, method, registerOptions } of registrations) {
          this.registered.push(method);
          this.registrations.set(id, { method, registerOptions });
        }
        return null;
      },
    );
    connection.onRequest(
      'client/unregisterCapability',
      ({ unregisterations }: { unregisterations: readonly { id: string }[] }) => {
        for (const { id } of unregisterations) this.registrations.delete(id);
        return null;
      },
    );
    connection.onRequest('workspace/codeLens/refresh', () => {
      this.refreshes += 1;
      return null;
    });
    connection.onRequest('workspace/inlayHint/refresh', () => null);
    connection.onRequest('workspace/diagnostic/refresh', () => {
      this.diagnosticRefreshes += 1;
      return null;
    });
    connection.onRequest('window/showDocument', ({ uri }: { uri: string }) => {
      this.shownDocuments.push(uri);
      return { success: true };
    });
    connection.onRequest('window/showMessageRequest', ({ message }: { message: string }) => {
      this.messages.push(message);
      return null;
    });
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.published.push(params);
    });
    connection.onNotification('window/showMessage', ({ message }: { message: string }) => {
      this.messages.push(message);
    });
    connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
    });
    connection.listen();
  }
}

/** Waits for a condition that another process brings about. */
export async function until<T>(look: () => T | undefined | false): Promise<T> {
  for (let tries = 0; tries < 2000; tries++) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error('it never came');
}
