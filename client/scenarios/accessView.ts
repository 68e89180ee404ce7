import {
  type CancellationToken,
  Disposable,
  env,
  Range,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { type AccessView, type AccessViewParams, method } from '../../server/protocol.ts';
import { recordOf } from '../arguments.ts';
import { pageFor } from '../webviews/access/page.ts';
import { toRange } from './ranges.ts';

export type AccessViewServer = <R>(method: string, params: unknown, token?: CancellationToken) => Promise<R>;

/** In milliseconds: the table follows an edit when typing pauses for so long. */
const PAUSE = 300;

/** The tables of who can use the keys of scenarios, and of what their principals can do, one panel for each question. */
export class AccessViews implements Disposable {
  readonly #request: AccessViewServer;
  readonly #panels = new Map<string, AccessPanel>();

  constructor(request: AccessViewServer) {
    this.#request = request;
  }

  /** Shows the answer to a question, in the panel that shows it already where there is one. */
  async open(question: AccessViewParams): Promise<AccessView> {
    const id = JSON.stringify(question);
    const known = this.#panels.get(id);
    if (known) return known.reveal();
    // A question that cannot be answered opens nothing.
    const view = await this.#request<AccessView>(method.accessView, question);
    const panel = new AccessPanel(question, view, this.#request, () => this.#panels.delete(id));
    this.#panels.set(id, panel);
    return view;
  }

  dispose(): void {
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }
}

class AccessPanel implements Disposable {
  readonly #question: AccessViewParams;
  readonly #request: AccessViewServer;
  readonly #panel: WebviewPanel;
  readonly #subscriptions: Disposable;
  #view: AccessView;
  #timer: NodeJS.Timeout | undefined;

  constructor(question: AccessViewParams, view: AccessView, request: AccessViewServer, onClosed: () => void) {
    this.#question = question;
    this.#request = request;
    this.#view = view;
    this.#panel = window.createWebviewPanel(
      'kms-lens.access',
      view.title,
      { viewColumn: ViewColumn.Beside, preserveFocus: false },
      { enableScripts: true, localResourceRoots: [], enableFindWidget: true, retainContextWhenHidden: true },
    );
    this.#panel.webview.html = pageFor(view);
    const watcher = workspace.createFileSystemWatcher('**/*.json');
    this.#subscriptions = Disposable.from(
      this.#panel.webview.onDidReceiveMessage((message) => this.#asked(message)),
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.path.endsWith('.json')) this.#later();
      }),
      watcher,
      watcher.onDidChange(() => this.#later()),
      watcher.onDidCreate(() => this.#later()),
      watcher.onDidDelete(() => this.#later()),
    );
    this.#panel.onDidDispose(() => {
      clearTimeout(this.#timer);
      this.#subscriptions.dispose();
      onClosed();
    });
  }

  dispose(): void {
    this.#panel.dispose();
  }

  async reveal(): Promise<AccessView> {
    this.#panel.reveal();
    await this.#refresh();
    return this.#view;
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#refresh(), PAUSE);
  }

  /** A question that cannot be answered for the moment leaves the last answer, and says so. */
  async #refresh(): Promise<void> {
    try {
      this.#view = await this.#request<AccessView>(method.accessView, this.#question);
      this.#panel.title = this.#view.title;
      await this.#panel.webview.postMessage({ view: this.#view });
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      await this.#panel.webview.postMessage({ problem });
    }
  }

  async #asked(message: unknown): Promise<void> {
    const { row, reason, statement, text } = recordOf(message) ?? {};
    if (text === 'copy') {
      await env.clipboard.writeText(this.#view.text);
      window.setStatusBarMessage('KMS Lens: copied the table as text', STATUS_MILLISECONDS);
    } else if (text === 'open') {
      const document = await workspace.openTextDocument({ language: 'plaintext', content: this.#view.text });
      await window.showTextDocument(document, { viewColumn: ViewColumn.Beside });
    } else {
      const at = this.#view.rows[Number(row)]?.reasons[Number(reason)]?.statements[Number(statement)]?.at;
      if (at) await this.#jump(Uri.parse(at.uri, true), toRange(at.range));
    }
  }

  /** To the left of the table, where the files are. */
  async #jump(uri: Uri, range: Range): Promise<void> {
    const document = await workspace.openTextDocument(uri);
    const shown = window.visibleTextEditors.find((editor) => editor.document === document);
    await window.showTextDocument(document, {
      viewColumn: shown?.viewColumn ?? ViewColumn.One,
      selection: new Range(range.start, range.start),
    });
  }
}

const STATUS_MILLISECONDS = 10_000;
