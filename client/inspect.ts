import { type Tab, TabInputCustom, TabInputText, Uri, window, workspace } from 'vscode';
import { type InspectParams, type InspectResult, method } from '../server/protocol.ts';
import { readInspectArgument } from './arguments.ts';
import { withCancelButton } from './progress.ts';
import { openReport } from './reports.ts';
import type { Session } from './session.ts';

/**
 * “Inspect encrypted message”: opens what a message of the AWS Encryption SDK says of itself. Without an argument that
 * is the file in front, if it is not shown as text or has no language; else a person chooses one.
 *
 * @returns undefined when the person gave up
 */
export async function inspectEncryptedMessage(session: Session, argument: unknown): Promise<InspectResult | undefined> {
  const { uri, open } = readInspectArgument(argument);
  const file = uri === undefined ? (fileInFront() ?? (await askForFile())) : Uri.parse(uri, true);
  if (file === undefined) return undefined;
  const params = await paramsFor(file);
  const result = await withCancelButton('Reading the message…', (token) =>
    session.request<InspectResult>(method.inspectMessage, params, token),
  );
  if (result !== undefined && open !== false) await openReport(result.report);
  return result;
}

function fileInFront(): Uri | undefined {
  const shown = window.activeTextEditor?.document;
  if (shown !== undefined) return shown.languageId === 'plaintext' ? shown.uri : undefined;
  return uriOf(window.tabGroups.activeTabGroup.activeTab);
}

/** What is no text is in a tab without an editor for text. */
function uriOf(tab: Tab | undefined): Uri | undefined {
  const input = tab?.input;
  return input instanceof TabInputText || input instanceof TabInputCustom ? input.uri : undefined;
}

async function askForFile(): Promise<Uri | undefined> {
  const chosen = await window.showOpenDialog({ title: 'Encrypted message', openLabel: 'Inspect' });
  return chosen?.[0];
}

/** The server reads files by itself; what lies elsewhere is sent to it. */
async function paramsFor(file: Uri): Promise<InspectParams> {
  const uri = file.toString();
  if (file.scheme === 'file') return { uri };
  const open = workspace.textDocuments.find((document) => document.uri.toString() === uri);
  if (open?.isUntitled) return { uri, content: Buffer.from(open.getText()).toString('base64') };
  const { size } = await workspace.fs.stat(file);
  if (size > MOST_SENT)
    throw new Error(
      `\`${workspace.asRelativePath(file)}\` has more than ${MOST_SENT / 2 ** 20} MiB and is not on this machine: copy it here to inspect it`,
    );
  return { uri, content: Buffer.from(await workspace.fs.readFile(file)).toString('base64') };
}

const MOST_SENT = 64 * 2 ** 20;
