import { commands, Selection, type TextEditor, TextEditorRevealType, window, workspace } from 'vscode';
import { EXAMPLE_SCHEME, type ExampleText, method } from '../server/protocol.ts';
import { recordOf } from './arguments.ts';
import { withCancelButton } from './progress.ts';
import type { Session } from './session.ts';

interface Example {
  /** In `examples/`, which the server carries with it. */
  readonly file: string;
  readonly language: string;
  readonly label: string;
  readonly detail: string;
}

const examples: readonly Example[] = [
  {
    file: 'orders.key-policy.json',
    language: 'kms-key-policy',
    label: 'A key policy',
    detail: 'administrators, users with an encryption context, another account: to simulate, hover and encrypt under',
  },
  {
    file: 'mistakes.key-policy.json',
    language: 'kms-key-policy',
    label: 'A key policy with mistakes',
    detail: 'findings with their reasons, and quick fixes',
  },
  {
    file: 'lifecycle.kms-scenario.json',
    language: 'kms-scenario',
    label: 'Two years in the life of a key',
    detail: 'a what-if scenario with real calls, a clock, and the CloudTrail of what happened',
  },
  {
    file: 'envelope.kms-scenario.json',
    language: 'kms-scenario',
    label: 'Envelope encryption',
    detail: 'round trips that come back, and what stops them',
  },
];

/** “Open an example…”: as a document that belongs to nobody, so that it can be changed at will; with a hover where one is asked for. */
export async function openExample(session: Session, argument: unknown): Promise<void> {
  const { example: named, hover } = recordOf(argument) ?? {};
  const example = named === undefined ? await choose() : examples.find(({ file }) => file.startsWith(`${named}.`));
  if (example === undefined) {
    if (named === undefined) return;
    throw new Error(`there is no example \`${String(named)}\``);
  }
  const uri = `${EXAMPLE_SCHEME}:/${example.file}`;
  const found = await withCancelButton('Opening the example…', (token) =>
    session.request<ExampleText>(method.example, { uri }, token),
  );
  if (!found) return;
  const document = await workspace.openTextDocument({ language: example.language, content: found.text });
  const editor = await window.showTextDocument(document);
  if (typeof hover === 'string') await showHover(editor, hover);
}

/** Shows the hover on the first place of a text. */
async function showHover(editor: TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const at = document.getText().indexOf(text);
  if (at < 0) return;
  const position = document.positionAt(at + 1);
  editor.selection = new Selection(position, position);
  editor.revealRange(editor.selection, TextEditorRevealType.InCenterIfOutsideViewport);
  // With the focus it stays, and its links can be reached by keyboard.
  await commands.executeCommand('editor.action.showHover', { focus: 'autoFocusImmediately' });
}

function choose(): Thenable<Example | undefined> {
  return window.showQuickPick(examples, { title: 'Open an example', placeHolder: 'what do you want to try?' });
}
