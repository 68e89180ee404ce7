import { type CodeAction, CodeActionKind, type WorkspaceEdit } from 'vscode-languageserver';
import type { Change, Proposal } from '../../simulator/access/changes.ts';
import { placeOf, whereOf } from '../answers/changes.ts';
import { type DocumentEdit, toTextEdits } from '../documents/edits.ts';
import type { SourceDocument } from '../documents/source.ts';
import {
  type AllowOption,
  type AllowParams,
  clientCommand,
  type DocumentEdits,
  method,
  type Range,
} from '../protocol.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { nameOfUri } from './uris.ts';

/** The changes that would alter the verdict shown for a document, as edits that an editor previews. */
export const allowThis: Feature = {
  id: 'allow-this',
  register(session) {
    session.connection.onRequest(method.allowThis, ({ uri }: AllowParams) => allowOptions(session, uri));
  },
};

/** Whether a document is there that a proposal could change. */
export function canApply({ changes }: Proposal): boolean {
  return changes.some(({ document }) => document !== undefined);
}

/** In the order of the shown verdict's proposals, those without a document to change left out. */
async function allowOptions(session: Session, uri: string): Promise<AllowOption[]> {
  const proposals = session.verdicts.get(uri)?.proposals ?? [];
  const options = await Promise.all(
    proposals.map((proposal, index) => (canApply(proposal) ? optionOf(session, proposal, index) : undefined)),
  );
  return options.filter((option) => option !== undefined);
}

/** Quick actions on the line that shows the verdict. */
export async function allowActions(session: Session, { uri }: SourceDocument, range: Range): Promise<CodeAction[]> {
  const line = session.verdicts.get(uri)?.range.start.line;
  if (line === undefined || line < range.start.line || range.end.line < line) return [];
  const options = await allowOptions(session, uri);
  const command = clientCommand.allowThis;
  const isThere = session.options.clientCommands?.includes(command) === true;
  return options.map((option) => ({
    title: option.title,
    kind: CodeActionKind.QuickFix,
    // Our client shows a diff first; others show what their editor makes of an annotated edit.
    ...(isThere
      ? { command: { title: option.title, command, arguments: [{ uri, proposal: option.proposal }] } }
      : { edit: workspaceEdit(session, option) }),
  }));
}

/** Undefined where a text is too broken to be changed. */
async function optionOf(session: Session, proposal: Proposal, index: number): Promise<AllowOption | undefined> {
  const documents: DocumentEdits[] = [];
  const there = proposal.changes.filter(({ document }) => document !== undefined);
  for (const change of there) {
    const { document } = change;
    // A policy that is attached to two levels of an organization is changed once.
    if (document === undefined || documents.some(({ uri }) => uri === document)) continue;
    const source = await session.read(document);
    const edits = source && toTextEdits(source, [editOf(source, change)]);
    if (!edits) return undefined;
    documents.push({ uri: document, version: session.documents.get(document)?.version ?? null, edits });
  }
  const missing = proposal.changes.filter(({ document }) => document === undefined);
  const needed = missing.map((change) => placeOf(change, nameOfUri)).join(' and ');
  const [first] = there;
  return {
    proposal: index,
    title: `Allow this ${whereOf({ changes: there }, nameOfUri)}${needed ? ` (${needed} must allow it, too)` : ''}`,
    detail: first ? JSON.stringify(first.statement) : '',
    documents,
  };
}

function editOf(source: SourceDocument, { path, add }: Change): DocumentEdit {
  if (path.at(-1) !== '-') return { op: 'set', path, value: add };
  const index = source.policy?.policy.statements.length ?? 0;
  return { op: 'insert', path: [...path.slice(0, -1), index], value: add };
}

const ANNOTATION = 'allow-this';

/** Shown as a diff before anything is changed, where the client can do that. */
function workspaceEdit({ client }: Session, { title, detail, documents }: AllowOption): WorkspaceEdit {
  if (!client.changeAnnotations) {
    const changes = Object.fromEntries(documents.map(({ uri, edits }) => [uri, [...edits]]));
    return { changes };
  }
  return {
    documentChanges: documents.map(({ uri, version, edits }) => ({
      textDocument: { uri, version },
      edits: edits.map((edit) => ({ ...edit, annotationId: ANNOTATION })),
    })),
    changeAnnotations: { [ANNOTATION]: { label: title, description: detail, needsConfirmation: true } },
  };
}
