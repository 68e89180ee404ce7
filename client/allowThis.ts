import { Range, type TextDocument, Uri, WorkspaceEdit, window, workspace } from 'vscode';
import { TextDocument as PlainText } from 'vscode-languageserver-textdocument';
import { type AllowOption, type AllowParams, method } from '../server/protocol.ts';
import { readAllowArgument } from './arguments.ts';
import type { PreviewedChange } from './preview.ts';
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
  const changes = await changesOf(option);
  if (preview !== false && !(await session.previews.confirm(option.title, changes.map(previewOf)))) return undefined;
  if (!(await workspace.applyEdit(await editOf(option)))) throw new Error('the document could not be changed');
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

interface DocumentChange {
  readonly document: TextDocument;
  readonly edits: AllowOption['documents'][number]['edits'];
}

/** @throws {Error} when a document is not the one that the server saw */
async function changesOf({ documents }: AllowOption): Promise<readonly DocumentChange[]> {
  return Promise.all(
    documents.map(async ({ uri, version, edits }) => {
      const document = await workspace.openTextDocument(Uri.parse(uri, true));
      if (version !== null && document.version !== version)
        throw new Error('the document has changed since: simulate the request again');
      return { document, edits };
    }),
  );
}

function previewOf({ document, edits }: DocumentChange): PreviewedChange {
  const { uri, languageId, version } = document;
  const plain = PlainText.create(uri.toString(), languageId, version, document.getText());
  return { uri, text: PlainText.applyEdits(plain, [...edits]) };
}

/** The documents may have changed while the question stood there. */
async function editOf(option: AllowOption): Promise<WorkspaceEdit> {
  const edit = new WorkspaceEdit();
  for (const { document, edits } of await changesOf(option)) {
    for (const { range, newText } of edits) {
      const { start, end } = range;
      const text = document.validateRange(new Range(start.line, start.character, end.line, end.character));
      edit.replace(document.uri, text, newText);
    }
  }
  return edit;
}
