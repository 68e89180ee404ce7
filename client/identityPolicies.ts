import { Uri, window, workspace } from 'vscode';
import type { PolicyText } from '../server/protocol.ts';
import { principalInWords } from './ask/words.ts';
import type { LastRun } from './memory.ts';

/**
 * Asks which of the workspace's identity policies the principal has.
 *
 * @returns undefined when the person gave up; an empty list says that the principal has none
 */
export async function chooseIdentityPolicies(run: LastRun): Promise<readonly PolicyText[] | undefined> {
  const found = await findIdentityPolicies();
  if (found.length === 0) return chooseFiles();
  const items = found.map((uri) => ({
    label: nameOf(uri),
    description: folderOf(uri),
    picked: run.identityPolicies?.includes(uri.toString()) ?? false,
    uri: uri.toString(),
  }));
  const chosen = await window.showQuickPick(items, {
    title: 'Decide with identity policies',
    placeHolder: `which of these has ${principalInWords(run.request.principal)}? None chosen: it has none`,
    canPickMany: true,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return chosen?.map(({ uri }) => ({ uri }));
}

/** Whether there is anything to choose from. */
export async function workspaceHasIdentityPolicies(): Promise<boolean> {
  return (await findIdentityPolicies(1)).length > 0;
}

/** The identity policies of an earlier run. */
export function policiesOf(run: LastRun): readonly PolicyText[] | undefined {
  return run.identityPolicies?.map((uri) => ({ uri }));
}

/** Policies with their text: what an editor holds counts, not what was saved. */
export async function withText(policies: readonly PolicyText[]): Promise<readonly PolicyText[]> {
  return Promise.all(
    policies.map(async (policy) =>
      policy.text === undefined ? { uri: policy.uri, text: await textOf(Uri.parse(policy.uri, true)) } : policy,
    ),
  );
}

async function findIdentityPolicies(limit = MOST_FILES): Promise<readonly Uri[]> {
  const open = workspace.textDocuments.filter((document) => document.languageId === LANGUAGE);
  const files = await workspace.findFiles('**/*.iam-policy.json', '**/node_modules/**', limit);
  const all = new Map([...open.map(({ uri }) => uri), ...files].map((uri) => [uri.toString(), uri]));
  return [...all.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

async function chooseFiles(): Promise<readonly PolicyText[] | undefined> {
  const choose = 'Choose files…';
  const answer = await window.showInformationMessage(
    'no file of the workspace is named “*.iam-policy.json”: choose the identity policies of the principal yourself',
    choose,
  );
  if (answer !== choose) return undefined;
  const files = await window.showOpenDialog({ canSelectMany: true, filters: { 'IAM policies': ['json'] } });
  return files?.map((uri) => ({ uri: uri.toString() }));
}

async function textOf(uri: Uri): Promise<string> {
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  return open?.getText() ?? new TextDecoder().decode(await workspace.fs.readFile(uri));
}

function nameOf(uri: Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}

function folderOf(uri: Uri): string {
  const path = workspace.asRelativePath(uri);
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

const LANGUAGE = 'kms-iam-policy';
/** A list that is longer is not read by anybody. */
const MOST_FILES = 200;
