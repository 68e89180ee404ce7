import { type QuickPickItem, QuickPickItemKind, Uri, window, workspace } from 'vscode';
import type { Subject } from './localKms.ts';

export const EMPTY_ACCOUNT: Subject = { name: 'an empty account' };

/** A list that is longer is not read by anybody. */
const MOST_FILES = 200;

/** Asks with what: a scenario of the workspace, or nothing. Undefined when the person gave up. */
export async function chooseSubject(): Promise<Subject | undefined> {
  const open = workspace.textDocuments.filter(({ languageId }) => languageId === 'kms-scenario').map(({ uri }) => uri);
  const files = await workspace.findFiles('**/*.kms-scenario.json', '**/node_modules/**', MOST_FILES);
  const scenarios = [...new Set([...open, ...files].map(String))].sort();
  const items: readonly Item[] = [
    {
      label: 'An empty account',
      detail: 'without keys; every access key acts as its root user',
      subject: EMPTY_ACCOUNT,
    },
    ...(scenarios.length > 0 ? [{ label: 'scenarios', kind: QuickPickItemKind.Separator }] : []),
    ...scenarios.map((uri) => ({
      label: nameOf(uri),
      description: folderOf(uri),
      subject: { uri, name: nameOf(uri) },
    })),
  ];
  const chosen = await window.showQuickPick(items, {
    title: 'Start local KMS',
    placeHolder: 'with which principals, keys and policies?',
    matchOnDescription: true,
  });
  return chosen?.subject;
}

interface Item extends QuickPickItem {
  readonly subject?: Subject;
}

/** Of a file, for people. */
export const nameOf = (uri: string): string => {
  const { path } = Uri.parse(uri, true);
  return path.slice(path.lastIndexOf('/') + 1);
};

function folderOf(uri: string): string {
  const path = workspace.asRelativePath(Uri.parse(uri, true));
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
