import {
  commands,
  Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import type { Running } from './client.ts';
import { allCommands, contextKey, ownCommand } from './commandIds.ts';
import { isConfigFile, isKmsLanguage, JSON_LANGUAGES } from './languages.ts';
import { LONGEST_SNIFFED, looksLikeKmsPolicy } from './sniff.ts';

/** What the extension exports, for tests. */
export interface Api {
  /** Whether the language server has been started. */
  isServerRunning(): boolean;
}

/**
 * The entry: small, because it is loaded in every window. It registers the commands and looks at JSON documents; the
 * client and the server are loaded when the first policy is met or a command asks for them.
 */
export function activate(context: ExtensionContext): Api {
  const launcher = new Launcher(context);
  current = launcher;
  for (const command of allCommands) {
    context.subscriptions.push(
      commands.registerCommand(command, (argument: unknown) => launcher.run(command, argument)),
    );
  }
  context.subscriptions.push(new Lookout(() => launcher.startOnce()));
  // The Test Explorer lists the scenarios of a workspace before any of them is opened.
  void workspace.findFiles('**/*.kms-scenario.json', '**/node_modules/**', 1).then(({ length }) => {
    if (length > 0) launcher.startOnce();
  });
  return { isServerRunning: () => launcher.isRunning };
}

export async function deactivate(): Promise<void> {
  await current?.stop();
}

let current: Launcher | undefined;

/** Loads the client when it is needed, once. */
class Launcher {
  readonly #context: ExtensionContext;
  #log: LogOutputChannel | undefined;
  #starting: Promise<Running | undefined> | undefined;
  #running: Running | undefined;
  #failed = false;

  constructor(context: ExtensionContext) {
    this.#context = context;
  }

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** Starts the server unless that was tried before: a failure is told once, not for every document. */
  startOnce(): void {
    if (!this.#failed) void this.#ensure();
  }

  /** A person who asks for something after a failure deserves another try, and to be told again. */
  async run(command: string, argument: unknown): Promise<unknown> {
    if (command === ownCommand.showLog) return this.#channel().show();
    const fresh = !this.isRunning;
    const running = await this.#ensure();
    return fresh && command === ownCommand.restartServer ? undefined : running?.run(command, argument);
  }

  async stop(): Promise<void> {
    await this.#running?.stop();
  }

  #ensure(): Promise<Running | undefined> {
    this.#starting ??= this.#start();
    return this.#starting;
  }

  async #start(): Promise<Running | undefined> {
    void commands.executeCommand('setContext', contextKey.started, true);
    try {
      // The bundler leaves this path alone: the client is a file of its own beside the entry. Not `import()`, which
      // the extension host does not know for files of extensions in every place where it runs.
      const client: typeof import('./client.ts') = require('./client.js');
      this.#running = await client.start(this.#context, this.#channel());
      return this.#running;
    } catch (error) {
      this.#failed = true;
      this.#starting = undefined;
      this.#tell(error);
      return undefined;
    }
  }

  #channel(): LogOutputChannel {
    if (this.#log === undefined) {
      this.#log = window.createOutputChannel('KMS Lens', { log: true });
      this.#context.subscriptions.push(this.#log);
    }
    return this.#log;
  }

  #tell(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.#channel().error(error instanceof Error ? error : reason);
    const show = 'Show log';
    const message = `KMS Lens could not start its language server, so policies are not checked: ${reason}`;
    void window.showErrorMessage(message, show).then((answer) => {
      if (answer === show) this.#channel().show();
    });
  }
}

/** Watches for the first document that concerns us, and then stops watching. */
class Lookout implements Disposable {
  readonly #found: () => void;
  readonly #looks = new Map<TextDocument, NodeJS.Timeout>();
  readonly #subscriptions: Disposable;

  constructor(found: () => void) {
    this.#found = found;
    this.#subscriptions = Disposable.from(
      workspace.onDidOpenTextDocument((document) => this.#look(document)),
      workspace.onDidChangeTextDocument(({ document }) => this.#lookLater(document)),
      workspace.onDidCloseTextDocument((document) => this.#forget(document)),
    );
    for (const document of workspace.textDocuments) this.#look(document);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const document of [...this.#looks.keys()]) this.#forget(document);
  }

  #look(document: TextDocument): void {
    if (!concernsUs(document)) return;
    this.dispose();
    this.#found();
  }

  #lookLater(document: TextDocument): void {
    if (!JSON_LANGUAGES.includes(document.languageId)) return;
    this.#forget(document);
    this.#looks.set(
      document,
      setTimeout(() => this.#look(document), PAUSE),
    );
  }

  #forget(document: TextDocument): void {
    clearTimeout(this.#looks.get(document));
    this.#looks.delete(document);
  }
}

/** In milliseconds: a document is looked at again when typing pauses for so long. */
const PAUSE = 300;

function concernsUs(document: TextDocument): boolean {
  if (isKmsLanguage(document.languageId) || isConfigFile(document.uri.toString())) return true;
  if (!JSON_LANGUAGES.includes(document.languageId)) return false;
  // The length is known without putting the lines of a large document together.
  const end = document.lineAt(document.lineCount - 1).range.end;
  return document.offsetAt(end) <= LONGEST_SNIFFED && looksLikeKmsPolicy(document.getText());
}
