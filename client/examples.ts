import { window, workspace } from 'vscode';
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

/** “Open an example…”: as a document that belongs to nobody, so that it can be changed at will. */
export async function openExample(session: Session, argument: unknown): Promise<void> {
  const named = recordOf(argument)?.['example'];
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
  await window.showTextDocument(document);
}

function choose(): Thenable<Example | undefined> {
  return window.showQuickPick(examples, { title: 'Open an example', placeHolder: 'what do you want to try?' });
}
