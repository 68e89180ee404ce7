import { type CodeAction, CodeActionKind, type WorkspaceEdit } from 'vscode-languageserver';
import { addSuppression, switchOff } from '../config/accept.ts';
import type { ConfigEdits } from '../config/edit.ts';
import { pathBelow } from '../config/uris.ts';
import { lineEndOf, type TextEdit } from '../documents/edits.ts';
import type { SourceDocument } from '../documents/source.ts';
import { statementAt } from '../documents/statements.ts';
import { CONFIG_NAME } from '../protocol.ts';
import type { Diagnostic } from '../rules/diagnostic.ts';
import { hole } from '../rules/holes.ts';
import type { Session } from '../session.ts';
import { type ConfigTarget, configTarget } from './config-target.ts';
import { toLsp } from './diagnostics.ts';
import { editOfDocument } from './edits.ts';

export const SUPPRESS = `${CodeActionKind.QuickFix}.suppress.kms-lens`;

/** What somebody who accepts a finding should replace. */
const REASON = 'say why this is accepted';

/** A selection of more findings than this asks for no one of them. */
const MOST_OFFERED = 50;

/** Ways to accept findings: by a comment on the spot where comments are allowed, else in the nearest configuration. */
export async function suppressActions(
  session: Session,
  source: SourceDocument,
  found: readonly Diagnostic[],
): Promise<CodeAction[]> {
  if (found.length === 0) return [];
  const config = await configTarget(session, source.uri);
  const offers = new Map<string, { diagnostics: Diagnostic[]; edit: WorkspaceEdit | undefined; title: string }>();
  const add = (diagnostic: Diagnostic, { title, id, edit }: Offer): void => {
    const known = offers.get(id);
    if (known) known.diagnostics.push(diagnostic);
    else if (offers.size < MOST_OFFERED) offers.set(id, { title, diagnostics: [diagnostic], edit: edit() });
  };
  for (const diagnostic of found) {
    const here = byComment(session, source, diagnostic) ?? (config && byEntry(session, config, source, diagnostic));
    if (here) add(diagnostic, here);
  }
  for (const diagnostic of found) if (config) add(diagnostic, turnedOff(session, config, diagnostic));
  return [...offers.values()].flatMap(({ title, diagnostics, edit }) =>
    edit ? [{ title, kind: SUPPRESS, diagnostics: diagnostics.map((each) => toLsp(source, each)), edit }] : [],
  );
}

/** One action; findings with the same id share it. */
interface Offer {
  readonly id: string;
  readonly title: string;
  /** Undefined where the text cannot be edited. */
  readonly edit: () => WorkspaceEdit | undefined;
}

function byComment(session: Session, source: SourceDocument, { rule, range }: Diagnostic): Offer | undefined {
  if (!source.allowsComments || rule.check.suppression) return undefined;
  const { line } = range.start;
  const { text } = source;
  const begin = Math.max(source.offsetAt({ line, character: 0 }), text.startsWith('\uFEFF') ? 1 : 0);
  if (source.parsed.comments.some(({ start, end }) => start < begin && begin < end)) return undefined;
  const indent = /^[ \t]*/.exec(text.slice(begin, begin + MOST_INDENT))?.[0] ?? '';
  const comment = `${indent}// kms-lens-disable-next-line ${rule.id} -- ${hole(REASON)}${lineEndOf(text)}`;
  return {
    id: `${rule.id} ${line}`,
    title: `Suppress \`${rule.id}\` here`,
    edit: () =>
      editOfDocument(session, source, [{ range: source.rangeOfSpan({ start: begin, end: begin }), newText: comment }]),
  };
}

/** Deeper ones are cut short. */
const MOST_INDENT = 200;

function byEntry(
  session: Session,
  target: ConfigTarget,
  source: SourceDocument,
  { rule, finding: { at } }: Diagnostic,
): Offer | undefined {
  const path = pathBelow(target.folder, source.uri);
  if (path === undefined || rule.check.suppression) return undefined;
  const sid = 'path' in at ? statementAt(source, at.path)?.sid : undefined;
  const where = sid ? `in the statement “${sid}”` : 'in this file';
  const entry = { rule: rule.id, path, ...(sid ? { sid } : {}), reason: REASON };
  return {
    id: `${rule.id} ${JSON.stringify(sid)}`,
    title: `Suppress \`${rule.id}\` ${where}, in ${CONFIG_NAME}`,
    edit: () => editOfConfig(session, target, addSuppression(target.uri, target.text, entry)),
  };
}

function turnedOff(session: Session, target: ConfigTarget, { rule: { id } }: Diagnostic): Offer {
  return {
    id,
    title: `Turn \`${id}\` off in ${CONFIG_NAME}`,
    edit: () => editOfConfig(session, target, switchOff(target.uri, target.text, id)),
  };
}

/** A client that cannot be told to create a file is left to do so for an edit of one that is not there. */
function editOfConfig(session: Session, { uri, isNew }: ConfigTarget, made: ConfigEdits): WorkspaceEdit | undefined {
  if ('problem' in made || made.edits.length === 0) return undefined;
  const edits: TextEdit[] = [...made.edits];
  if (!isNew || !session.client.createFiles) return { changes: { [uri]: edits } };
  return {
    documentChanges: [
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits },
    ],
  };
}
