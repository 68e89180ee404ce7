import {
  type DecorationOptions,
  type Disposable,
  MarkdownString,
  Range,
  type TextDocument,
  type TextEditor,
  type TextEditorDecorationType,
  ThemeColor,
  window,
  workspace,
} from 'vscode';
import { clientCommand, type SimulateResult, type Verdict } from '../server/protocol.ts';
import { commandLink, sentenceAsMarkdown } from './markdown.ts';

/** The verdict of the last simulation of each document, at the end of a line until the document is edited. */
export class Verdicts implements Disposable {
  readonly #shown = new Map<string, Shown>();
  readonly #looks: Readonly<Record<Verdict, TextEditorDecorationType>>;
  readonly #onCleared: (uri: string) => void;
  readonly #subscriptions: readonly Disposable[];

  /** @param onCleared told when the verdict of a document is no longer true, so that the server forgets it as well */
  constructor(onCleared: (uri: string) => void) {
    this.#onCleared = onCleared;
    this.#looks = { allowed: look('allowed'), denied: look('denied'), depends: look('depends') };
    this.#subscriptions = [
      workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.clear(document.uri.toString());
      }),
      workspace.onDidCloseTextDocument((document) => this.clear(document.uri.toString())),
      window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) this.#draw(editor);
      }),
    ];
  }

  show(document: TextDocument, result: SimulateResult, question: string): void {
    const uri = document.uri.toString();
    this.#shown.set(uri, { result, question });
    this.#redraw(uri);
  }

  /** @returns whether there was a verdict */
  clear(uri: string): boolean {
    if (!this.#shown.delete(uri)) return false;
    this.#redraw(uri);
    this.#onCleared(uri);
    return true;
  }

  /** Forgets every verdict without telling anybody: the server has forgotten them already. */
  reset(): void {
    const uris = [...this.#shown.keys()];
    this.#shown.clear();
    for (const uri of uris) this.#redraw(uri);
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const type of Object.values(this.#looks)) type.dispose();
  }

  #redraw(uri: string): void {
    for (const editor of window.visibleTextEditors) {
      if (editor.document.uri.toString() === uri) this.#draw(editor);
    }
  }

  #draw(editor: TextEditor): void {
    const uri = editor.document.uri.toString();
    const shown = this.#shown.get(uri);
    for (const verdict of VERDICTS) {
      const here = shown?.result.decision.verdict === verdict ? [decoration(editor.document, uri, shown)] : [];
      editor.setDecorations(this.#looks[verdict], here);
    }
  }
}

interface Shown {
  readonly result: SimulateResult;
  readonly question: string;
}

const VERDICTS: readonly Verdict[] = ['allowed', 'denied', 'depends'];

/** The mark says the verdict to those who see no colours; the words after it say it to everybody. */
const MARKS: Readonly<Record<Verdict, string>> = { allowed: '✓', denied: '✗', depends: '?' };

/** The ids of colours take no hyphens: VS Code turns such a colour away, and the verdict would be invisible. */
function look(verdict: Verdict): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new ThemeColor(`kmsLens.${verdict}Foreground`) },
  });
}

function decoration(document: TextDocument, uri: string, shown: Shown): DecorationOptions {
  const { decision, summary, range } = shown.result;
  const line = document.lineAt(Math.min(range.start.line, document.lineCount - 1));
  return {
    range: new Range(line.range.end, line.range.end),
    hoverMessage: hover(uri, shown),
    renderOptions: { after: { contentText: `${MARKS[decision.verdict]} ${summary}` } },
  };
}

function hover(uri: string, { result, question }: Shown): MarkdownString {
  const links = [
    commandLink('Open explanation', clientCommand.openReport, { uri: result.report }),
    commandLink('Run again', clientCommand.runAgain, { uri }),
  ];
  if (result.wantsIdentityPolicies) {
    links.push(commandLink('Decide with identity policies…', clientCommand.decideWithIdentityPolicies, { uri }));
  }
  if (result.canAllow) links.push(commandLink('Allow this…', clientCommand.allowThis, { uri }));
  const text = [question, result.decision.because].map(sentenceAsMarkdown);
  const markdown = new MarkdownString([...text, links.join(' · ')].join('\n\n'));
  markdown.isTrusted = { enabledCommands: Object.values(clientCommand) };
  return markdown;
}
