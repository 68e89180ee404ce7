import { ResponseError, type WorkspaceEdit } from 'vscode-languageserver';
import { type Refusal, renamableAt, renamed } from '../answers/scenario/rename.ts';
import type { Session } from '../session.ts';
import type { Feature } from './feature.ts';
import { INVALID_REQUEST } from './simulate.ts';

/** Gives a principal, a key, a grant or a saved response of a scenario another name. What is wrong is answered as an error. */
export const rename: Feature = {
  id: 'rename',
  register(session) {
    session.connection.onPrepareRename(async ({ textDocument: { uri }, position }) => {
      const source = await sourceOf(session, uri);
      const found = accepted(source && renamableAt(source, source.offsetAt(position)));
      return source && found ? { range: source.rangeOfSpan(found.span), placeholder: found.text } : null;
    });
    session.connection.onRenameRequest(
      async ({ textDocument: { uri }, position, newName }): Promise<WorkspaceEdit | null> => {
        const source = await sourceOf(session, uri);
        const found = accepted(source && renamed(source, source.offsetAt(position), newName));
        if (!source || !found) return null;
        const edits = found.edits.map(({ span, text }) => ({ range: source.rangeOfSpan(span), newText: text }));
        return { changes: { [uri]: edits } };
      },
    );
  },
};

async function sourceOf(session: Session, uri: string): Promise<ReturnType<Session['source']>> {
  await session.configs.settled();
  return session.source(uri);
}

function accepted<T extends object>(answer: T | Refusal | undefined): T | undefined {
  if (answer && 'problem' in answer) throw new ResponseError(INVALID_REQUEST, answer.problem);
  return answer;
}
