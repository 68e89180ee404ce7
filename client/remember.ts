import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import {
  CONFIG_NAME,
  type DecisionJson,
  method,
  type RememberParams,
  type RememberResult,
} from '../server/protocol.ts';
import { principalInWords } from './ask/words.ts';
import { sentenceAsPlainText } from './markdown.ts';
import { isWorthRemembering, type LastRun } from './memory.ts';
import { withCancelButton } from './progress.ts';
import type { Session } from './session.ts';

/**
 * Offers to write down which policies the principal has, after a run that they decided: the next run then asks nothing,
 * in the editor, on the command line and for everybody who has the files.
 */
export async function offerToRemember(
  session: Session,
  document: TextDocument,
  run: LastRun,
  decision: DecisionJson,
): Promise<void> {
  // The server reads configuration from disk only.
  if (document.uri.scheme !== 'file' || !isWorthRemembering(run, decision)) return;
  try {
    const offered = await ask(session, document, run);
    if (offered === undefined || offered.edits.length === 0) return;
    const principal = principalInWords(run.request.principal);
    const yes = `Remember for ${principal}`;
    const message = `${CONFIG_NAME} can keep which identity policies ${principal} has, so that nothing is asked again`;
    if ((await window.showInformationMessage(message, yes)) !== yes) return;
    // The file may have changed while the offer stood there.
    const remembered = await ask(session, document, run);
    if (remembered !== undefined) await write(remembered);
  } catch (error) {
    void window.showErrorMessage(sentenceAsPlainText(error instanceof Error ? error.message : String(error)));
  }
}

function ask(session: Session, document: TextDocument, run: LastRun): Promise<RememberResult | undefined> {
  const params: RememberParams = {
    uri: document.uri.toString(),
    principal: run.request.principal,
    identityPolicies: run.identityPolicies ?? [],
  };
  return withCancelButton('Reading the configuration…', (token) =>
    session.request<RememberResult>(method.remember, params, token),
  );
}

/** An edit of the text and not of the file, so that it can be undone and nothing unsaved is lost. */
async function write({ uri, isNew, edits }: RememberResult): Promise<void> {
  const file = Uri.parse(uri, true);
  const edit = new WorkspaceEdit();
  if (isNew) edit.createFile(file, { ignoreIfExists: true });
  for (const { range, newText } of edits) {
    const { start, end } = range;
    edit.replace(file, new Range(start.line, start.character, end.line, end.character), newText);
  }
  if (!(await workspace.applyEdit(edit))) throw new Error(`\`${CONFIG_NAME}\` could not be changed`);
  const document = await workspace.openTextDocument(file);
  await document.save();
  const open = `Open ${CONFIG_NAME}`;
  const answer = await window.showInformationMessage(`remembered in ${workspace.asRelativePath(file)}`, open);
  if (answer === open) await window.showTextDocument(document);
}
