import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { type AllowOption, type AllowParams, method } from '../server/protocol.ts';
import { readAllowArgument } from './arguments.ts';
import { withCancelButton } from './progress.ts';
import { documentFor, type Session } from './session.ts';
import { runAgain } from './simulate.ts';

/**
 * “Allow this…”: the smallest change that lets the last simulated request in, shown as a diff before it is made. The
 * simulation then runs again.
 *
 * @returns what was done, or undefined when the person gave up
 */
export async function allowThis(session: Session, argument: unknown): Promise<string | undefined> {
  const { uri, proposal, preview } = readAllowArgument(argument);
  const document = await documentFor(uri);
  session.insist(document);
  const option = await choose(await optionsFor(session, document), proposal);
  if (option === undefined) return undefined;
  const applied = await workspace.applyEdit(await editOf(option, preview !== false), { isRefactoring: true });
  if (!applied) return undefined;
  await runAgain(session, { uri: document.uri.toString() });
  return option.title;
}

async function optionsFor(session: Session, document: TextDocument): Promise<readonly AllowOption[]> {
  const params: AllowParams = { uri: document.uri.toString() };
  const options = await withCancelButton('Finding the smallest change…', (token) =>
    session.request<readonly AllowOption[]>(method.allowThis, params, token),
  );
  if (options?.length === 0)
    throw new Error(
      'there is nothing to allow: simulate a request that is denied for want of an Allow, then try again',
    );
  return options ?? [];
}

async function choose(options: readonly AllowOption[], proposal: number | undefined): Promise<AllowOption | undefined> {
  if (proposal !== undefined) {
    const option = options.find((each) => each.proposal === proposal);
    if (option === undefined) throw new Error('the document has changed since: simulate the request again');
    return option;
  }
  const [only, ...others] = options;
  if (others.length === 0) return only;
  const items = options.map((option) => ({ label: option.title, detail: option.detail, option }));
  const chosen = await window.showQuickPick(items, {
    title: 'Allow this',
    placeHolder: 'where? Each of these is enough, and the change is shown before it is made',
  });
  return chosen?.option;
}

/** @throws {Error} when a document is not the one that the server saw */
async function editOf({ title, detail, documents }: AllowOption, preview: boolean): Promise<WorkspaceEdit> {
  const edit = new WorkspaceEdit();
  for (const { uri, version, edits } of documents) {
    const document = await workspace.openTextDocument(Uri.parse(uri, true));
    if (version !== null && document.version !== version)
      throw new Error('the document has changed since: simulate the request again');
    for (const { range, newText } of edits) {
      const { start, end } = range;
      const text = document.validateRange(new Range(start.line, start.character, end.line, end.character));
      edit.replace(document.uri, text, newText, { needsConfirmation: preview, label: title, description: detail });
    }
  }
  return edit;
}
