// What the tests in the extension host share. Every wait is for a condition, with a limit far above what it takes.
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

/** The part of the extension's exports that tests look at. */
export interface Api {
  isServerRunning(): boolean;
}

export function extension(): vscode.Extension<Api> {
  const id = process.env['KMS_LENS_TEST_EXTENSION'] ?? '';
  const found = vscode.extensions.getExtension<Api>(id);
  if (found === undefined) throw new Error(`the extension \`${id}\` is not installed`);
  return found;
}

/** A key policy of account 111122223333 with a Sid on each statement. */
export const orders = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Let IAM policies decide",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:*",
      "Resource": "*"
    },
    {
      "Sid": "Use the key for orders",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/OrdersApi" },
      "Action": ["kms:GenerateDataKey", "kms:Decrypt"],
      "Resource": "*",
      "Condition": { "StringEquals": { "kms:EncryptionContext:service": "orders" } }
    },
    {
      "Sid": "Keep contractors out",
      "Effect": "Deny",
      "Principal": { "AWS": "*" },
      "Action": "kms:Decrypt",
      "Resource": "*",
      "Condition": { "StringLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/contractor/*" } }
    }
  ]
}
`;

/** The same with one action that does not exist. */
export const ordersWithTypo = orders.replace('"kms:Decrypt"]', '"kms:Decypt"]');

export const ordersApi = 'arn:aws:iam::111122223333:role/OrdersApi';

const limitMs = 60_000;

/** Waits until `probe` gives something that holds, and returns it: not undefined, false, '' or an empty list. */
export async function until<T>(what: string, probe: () => T | Thenable<T>): Promise<NonNullable<T>> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await probe();
    if (found && !(Array.isArray(found) && found.length === 0)) return found;
    if (Date.now() > end)
      throw new Error(`waited ${limitMs / 1000} s in vain: ${what}; last: ${JSON.stringify(found)}`);
    await sleep(50);
  }
}

/** Writes a file of the workspace, closed again by {@link closeAll}, and shows it. */
export async function openFile(name: string, text: string): Promise<vscode.TextDocument> {
  const uri = await writeFile(name, text);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

export async function writeFile(name: string, text: string): Promise<vscode.Uri> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  if (folder === undefined) throw new Error('no folder is open');
  const uri = vscode.Uri.joinPath(folder.uri, name);
  await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  return uri;
}

/** Shows a text that has no file. */
export async function openUntitled(language: string, content: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Closes every editor; what was not saved is lost. */
export async function closeAll(): Promise<void> {
  while (vscode.window.activeTextEditor !== undefined) {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** Replaces the `nth` occurrence of a text, as an edit of the person would. */
export async function edit(document: vscode.TextDocument, text: string, replacement: string, nth = 0): Promise<void> {
  const changes = new vscode.WorkspaceEdit();
  changes.replace(document.uri, rangeOf(document, text, nth), replacement);
  if (!(await vscode.workspace.applyEdit(changes))) throw new Error(`the edit of \`${text}\` was refused`);
}

/** Where the `nth` occurrence of a text is. */
export function rangeOf(document: vscode.TextDocument, text: string, nth = 0): vscode.Range {
  let at = document.getText().indexOf(text);
  for (let left = nth; left > 0 && at >= 0; left--) at = document.getText().indexOf(text, at + 1);
  if (at < 0) throw new Error(`\`${text}\` is not in the document`);
  return new vscode.Range(document.positionAt(at), document.positionAt(at + text.length));
}

/** What the extension has found in a document. */
export function findings(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === 'KMS Lens');
}

/** What others have found in a document: VS Code's JSON service. */
export function othersFindings(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source !== 'KMS Lens');
}

/** The id of the rule behind a finding. */
export function ruleOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

export async function lenses(document: vscode.TextDocument): Promise<vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri);
}

/** Lenses as `line title`, lines from 1. */
export async function lensTitles(document: vscode.TextDocument): Promise<string[]> {
  return (await lenses(document)).map(({ range, command }) => `${range.start.line + 1} ${command?.title}`);
}

/** Waits until the verdict that stands above a line is this one, such as `11 ✓ allowed: explain`. */
export async function untilVerdict(document: vscode.TextDocument, title: string | undefined): Promise<void> {
  await until(`the verdict is \`${title}\``, async () => {
    const verdicts = (await lensTitles(document)).filter((lens) => lens.endsWith(': explain'));
    return verdicts.length === (title === undefined ? 0 : 1) && verdicts[0] === title;
  });
}

/** The lens commands with an argument that answers all questions, or that asks some. */
export async function run<T>(command: string, argument?: unknown): Promise<T> {
  return vscode.commands.executeCommand<T>(`kms-lens.${command}`, argument);
}
