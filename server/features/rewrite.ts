import { type CodeAction, CodeActionKind, type Range, type WorkspaceEdit } from 'vscode-languageserver';
import type { ActionKind } from '../actions/action.ts';
import { type Rewrite, rewritesAt } from '../actions/rewrites.ts';
import { SORT } from '../capabilities.ts';
import { folderOf } from '../config/uris.ts';
import type { SourceDocument } from '../documents/source.ts';
import { check } from '../rules/engine.ts';
import { rules } from '../rules/generated/index.ts';
import { StatementMemory } from '../rules/statement-memory.ts';
import type { Session } from '../session.ts';
import { annotated, changesOf, editOfDocument } from './edits.ts';
import { nameOfUri } from './uris.ts';

const KINDS: Readonly<Record<ActionKind, string>> = {
  'refactor.rewrite': CodeActionKind.RefactorRewrite,
  'source.sort': SORT,
};

/** What rewrites the policy where the cursor is. */
export async function rewriteActions(
  session: Session,
  source: SourceDocument,
  range: Range,
  asked: { readonly wanted: (kind: string) => boolean; readonly isAsked: boolean },
): Promise<CodeAction[]> {
  const wanted = (kind: ActionKind): boolean =>
    // What is about all of the document is asked for by its name.
    asked.wanted(KINDS[kind]) && (kind !== 'source.sort' || asked.isAsked);
  if (!Object.keys(KINDS).some((kind) => wanted(kind as ActionKind)) || !source.policy) return [];
  const [options, { account, region }] = await Promise.all([
    session.checkOptions(source.uri),
    session.settingsOf(source.uri),
  ]);
  const folder = folderOf(source.uri);
  // What an offer leaves as it is need not be checked for each of them.
  const memory = new StatementMemory();
  const rewrites = rewritesAt(source, {
    offset: cursorIn(source, range),
    wanted,
    isAsked: asked.isAsked,
    others: otherPolicies(session, source),
    facts: options.facts ?? {},
    account,
    region,
    canCreate: session.client.createFiles && folder !== undefined,
    inspect: (document) => check(document, { rules, ...options, ...(document.policy ? { memory } : {}) }),
  });
  const files = new Map<string, string>();
  for (const { file } of rewrites)
    if (file && folder && !files.has(file.name))
      files.set(file.name, await freeUri(session, folder, baseName(source), file.name));
  return rewrites.map((rewrite) => ({
    title: rewrite.title,
    kind: KINDS[rewrite.action.kind],
    edit: editOf(session, source, rewrite, files.get(rewrite.file?.name ?? '')),
  }));
}

/** In front of the first character of its line the cursor means what begins there. */
function cursorIn(source: SourceDocument, { start }: Range): number {
  const offset = source.offsetAt(start);
  const before = source.text.slice(source.offsetAt({ line: start.line, character: 0 }), offset);
  if (before.trim() !== '') return offset;
  return offset + (/^[ \t]*(?=\S)/.exec(source.text.slice(offset, offset + MOST_INDENT))?.[0].length ?? 0);
}

/** Deeper indentation is not looked through. */
const MOST_INDENT = 200;

function otherPolicies(session: Session, { uri }: SourceDocument): SourceDocument[] {
  return session.documents.keys().flatMap((each) => (each === uri ? [] : (session.source(each) ?? [])));
}

/** Sorting changes nothing that anybody has to look at first; the others are shown before they are made. */
function editOf(session: Session, source: SourceDocument, rewrite: Rewrite, file: string | undefined): WorkspaceEdit {
  const { title, detail, edits } = rewrite;
  const edit = editOfDocument(session, source, edits);
  const isShown = rewrite.action.kind === 'refactor.rewrite';
  const { file: made } = rewrite;
  if (!made || file === undefined) return isShown ? annotated(session, source, edit, { title, detail }) : edit;
  const start = { line: 0, character: 0 };
  const created: WorkspaceEdit = {
    documentChanges: [
      ...(edits.length === 0 ? [] : changesOf(source, edit)),
      { kind: 'create', uri: file },
      { textDocument: { uri: file, version: null }, edits: [{ range: { start, end: start }, newText: made.text }] },
    ],
  };
  return annotated(session, source, created, { title, detail });
}

/** `orders` of `orders.key-policy.json`. */
function baseName({ uri }: SourceDocument): string {
  return nameOfUri(uri)
    .replace(/\.json[c]?$/i, '')
    .replace(/(^|[.])(key-policy|kms-policy)$/i, '');
}

/** A name next to the policy that no document has. */
async function freeUri(session: Session, folder: string, base: string, name: string): Promise<string> {
  const stem = [base, name].filter((each) => each !== '').join('-') || 'new';
  for (let number = 1; ; number++) {
    const uri = `${folder}${encodeURIComponent(number === 1 ? stem : `${stem}-${number}`)}.kms-grant.json`;
    if (!session.documents.get(uri) && (await session.workspace.read(uri)) === undefined) return uri;
  }
}
