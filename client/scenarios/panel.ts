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
import type { Range as ProtocolRange } from '../../server/protocol.ts';
import { recordOf } from '../arguments.ts';
import { toRange } from './ranges.ts';

export type ViewServer = <R>(method: string, params: unknown, token?: CancellationToken) => Promise<R>;

/** What a kind of view is: asked of the server with some question, and shown as a page that is told of newer answers. */
export interface ViewKind<View, Question> {
  /** Of the webview. */
  readonly type: string;
  /** One panel shows the answers to all questions, as a book is turned to another page. */
  readonly single?: boolean;
  /** Beside the documents unless given. */
  readonly column?: ViewColumn;
  page(view: View): string;
  /**
   * What the page asks for.
   *
   * @param again puts another question in this panel
   * @param tell sends the page a message
   * @param question what the view answers
   */
  asked(
    message: Readonly<Record<string, unknown>>,
    view: View,
    again: (question: Question) => Promise<void>,
    tell: (message: object) => Thenable<unknown>,
    question: Question,
  ): unknown;
  /**
   * When the answer may have become another.
   *
   * @param tell sends the page a message: where there is no need for the whole answer
   */
  watch(again: () => void, view: View, tell: (message: object) => Thenable<unknown>): { dispose(): unknown };
}

/** The views of one kind: one panel for each question, or one for all. */
export class Views<Question, View extends { readonly title: string }> implements Disposable {
  readonly #kind: ViewKind<View, Question>;
  readonly #ask: (question: Question) => Promise<View>;
  readonly #panels = new Map<string, Panel<Question, View>>();

  constructor(kind: ViewKind<View, Question>, ask: (question: Question) => Promise<View>) {
    this.#kind = kind;
    this.#ask = ask;
  }

  /** Shows the answer to a question, in the panel that shows it already where there is one. */
  async open(question: Question): Promise<View> {
    const { single } = this.#kind;
    const id = single ? '' : JSON.stringify(question);
    const known = this.#panels.get(id);
    if (known) return known.reveal(single ? question : undefined);
    // A question that cannot be answered opens nothing.
    const view = await this.#ask(question);
    const panel = new Panel(this.#kind, view, question, this.#ask, () => this.#panels.delete(id));
    this.#panels.set(id, panel);
    return view;
  }

  dispose(): void {
    for (const panel of [...this.#panels.values()]) panel.dispose();
  }
}

class Panel<Question, View extends { readonly title: string }> implements Disposable {
  readonly #panel: WebviewPanel;
  readonly #ask: (question: Question) => Promise<View>;
  #question: Question;
  #view: View;
  /** The newest question counts, whichever is answered last. */
  #asked = 0;

  constructor(
    kind: ViewKind<View, Question>,
    view: View,
    question: Question,
    ask: (question: Question) => Promise<View>,
    onClosed: () => void,
  ) {
    this.#view = view;
    this.#question = question;
    this.#ask = ask;
    this.#panel = window.createWebviewPanel(
      kind.type,
      view.title,
      { viewColumn: kind.column ?? ViewColumn.Beside, preserveFocus: false },
      { enableScripts: true, localResourceRoots: [], enableFindWidget: true, retainContextWhenHidden: true },
    );
    this.#panel.webview.html = kind.page(view);
    const subscriptions = Disposable.from(
      this.#panel.webview.onDidReceiveMessage((message) =>
        kind.asked(
          recordOf(message) ?? {},
          this.#view,
          (asked) => this.#refresh(asked),
          (told) => this.#panel.webview.postMessage(told),
          this.#question,
        ),
      ),
      kind.watch(
        () => void this.#refresh(),
        view,
        (told) => this.#panel.webview.postMessage(told),
      ),
    );
    this.#panel.onDidDispose(() => {
      subscriptions.dispose();
      onClosed();
    });
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** @param question left out: the one that it shows */
  async reveal(question?: Question): Promise<View> {
    this.#panel.reveal();
    await this.#refresh(question);
    return this.#view;
  }

  /** A question that cannot be answered for the moment leaves the last answer, and says so. */
  async #refresh(question = this.#question): Promise<void> {
    const turn = ++this.#asked;
    this.#question = question;
    try {
      const view = await this.#ask(question);
      if (turn !== this.#asked) return;
      this.#view = view;
      this.#panel.title = view.title;
      await this.#panel.webview.postMessage({ view });
    } catch (error) {
      if (turn !== this.#asked) return;
      const problem = error instanceof Error ? error.message : String(error);
      await this.#panel.webview.postMessage({ problem });
    }
  }
}

/** Calls once calls have paused. */
export function afterPauses(call: () => void): Disposable & (() => void) {
  let timer: NodeJS.Timeout | undefined;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(call, PAUSE);
  };
  return Object.assign(later, { dispose: () => clearTimeout(timer) });
}

/** In milliseconds. */
const PAUSE = 300;

/** To the left of the views, where the files are. */
export async function jumpTo({ uri, range }: { readonly uri: string; readonly range: ProtocolRange }): Promise<void> {
  const document = await workspace.openTextDocument(Uri.parse(uri, true));
  const shown = window.visibleTextEditors.find((editor) => editor.document === document);
  const { start } = toRange(range);
  await window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? ViewColumn.One,
    selection: new Range(start, start),
  });
}

/** @param what `the table as text` */
export async function copy(text: string, what: string): Promise<void> {
  await env.clipboard.writeText(text);
  window.setStatusBarMessage(`KMS Lens: copied ${what}`, STATUS_MILLISECONDS);
}

const STATUS_MILLISECONDS = 10_000;
