import { ResponseError, type TextDocumentEdit, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { newNameOf, type Renamable, renamableMention, renamedEverywhere } from '../answers/mentions/rename.ts';
import { type Refusal, renamableAt, renamed } from '../answers/scenario/rename.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Range } from '../protocol.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { INVALID_REQUEST } from './simulate.ts';

/**
 * Gives what a scenario has named another name in it, and a principal, an alias or a `Sid` in the whole workspace. What is
 * wrong is answered as an error.
 */
export const rename: Feature = {
  id: 'rename',
  register(session) {
    session.connection.onPrepareRename(async ({ textDocument: { uri }, position }) => {
      const source = await sourceOf(session, uri);
      const found = source && renameAt(session, source, position);
      if (!source || !found) return null;
      if ('mention' in found) return { range: found.range, placeholder: found.text };
      return { range: source.rangeOfSpan(found.span), placeholder: found.text };
    });
    session.connection.onRenameRequest(
      async ({ textDocument: { uri }, position, newName }): Promise<WorkspaceEdit | null> => {
        const source = await sourceOf(session, uri);
        const found = source && renameAt(session, source, position);
        if (!source || !found) return null;
        if ('mention' in found) return renameMentions(session, uri, found, newName);
        const { edits } = accepted(renamed(source, source.offsetAt(position), newName)) ?? { edits: [] };
        return {
          changes: { [uri]: edits.map(({ span, text }) => ({ range: source.rangeOfSpan(span), newText: text })) },
        };
      },
    );
  },
};

/** A name that the scenario gives belongs to it alone; else what stands there is looked for in the whole workspace. */
function renameAt(
  session: Session,
  source: SourceDocument,
  position: Range['start'],
): Exclude<ReturnType<typeof renamableAt>, Refusal> | Renamable {
  const local = renamableAt(source, source.offsetAt(position));
  if (local && !('problem' in local)) return local;
  const found = renamableMention(session.mentions.in(source), position);
  return found && !('problem' in found) ? found : accepted(local ?? found);
}

async function renameMentions(
  session: Session,
  uri: string,
  { mention }: Renamable,
  newName: string,
): Promise<WorkspaceEdit> {
  // A stored document that is changed has to be as it was read.
  for (const stale of new Set((await session.mentions.all({ uri, mention })).map(({ uri: each }) => each)))
    session.mentions.forget(stale);
  const documents = await session.mentions.documents();
  const places = accepted(renamedEverywhere(documents, { uri, mention }, newName));
  const newText = newNameOf(mention.subject, newName);
  const edits = [...places].map(
    ([each, ranges]) => [each, ranges.map((range): TextEdit => ({ range, newText }))] as const,
  );
  if (!session.client.documentChanges) return { changes: Object.fromEntries(edits) };
  return {
    documentChanges: edits.map(([each, changes]): TextDocumentEdit => {
      const version = session.documents.get(each)?.version ?? null;
      return { textDocument: { uri: each, version }, edits: changes };
    }),
  };
}

async function sourceOf(session: Session, uri: string): Promise<ReturnType<Session['source']>> {
  await session.configs.settled();
  return session.source(uri);
}

function accepted<T extends object | undefined>(answer: T | Refusal): T {
  if (answer && 'problem' in answer) throw new ResponseError(INVALID_REQUEST, answer.problem);
  return answer as T;
}
