import { Uri, type ViewColumn, window, workspace } from 'vscode';
import { recordOf } from './arguments.ts';

interface Example {
  /** In `examples/`, where the same files are tried in tests. */
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
export async function openExample(folder: Uri, argument: unknown, viewColumn?: ViewColumn): Promise<void> {
  const named = recordOf(argument)?.['example'];
  const example = named === undefined ? await choose() : examples.find(({ file }) => file.startsWith(`${named}.`));
  if (example === undefined) {
    if (named === undefined) return;
    throw new Error(`there is no example \`${String(named)}\``);
  }
  const content = new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(folder, 'examples', example.file)));
  const document = await workspace.openTextDocument({ language: example.language, content });
  await window.showTextDocument(document, viewColumn);
}

function choose(): Thenable<Example | undefined> {
  return window.showQuickPick(examples, { title: 'Open an example', placeHolder: 'what do you want to try?' });
}
