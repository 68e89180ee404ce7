import type { Location } from 'vscode-languageserver';
import { policyUri, rootOfScenario } from '../config/scenario-files.ts';
import { nameAt, occurrencesOf, policyUseAt } from '../documents/scenario-names.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Range } from '../protocol.ts';
import type { Session } from '../session.ts';
import { answer, type Feature } from './feature.ts';
import { declarations, distinct, mentionedAt, policyPathAt } from './mentioned.ts';

/** From a name, an ARN or an alias to where it is declared, and from a path to the policy. */
export const definition: Feature = {
  id: 'definition',
  register(session) {
    session.connection.onDefinition(({ textDocument: { uri }, position }) =>
      answer(session, 'looking for a definition', null, async () => {
        const source = session.source(uri);
        if (!source) return null;
        const offset = source.offsetAt(position);
        const local = definitionsAt(source, offset) ?? (await policyAt(session, source, offset, position));
        if (local) return local;
        const declared = declarations(await mentionedAt(session, source, position));
        return declared.length > 0 ? distinct(declared) : null;
      }),
    );
  },
};

/** Of a response that several steps save under one name, the last one before the use. */
export function definitionsAt(source: SourceDocument, offset: number): Location[] | undefined {
  const found = nameAt(source, offset);
  if (!found?.definition) return undefined;
  const given = occurrencesOf(source, found.definition).filter(({ role }) => role === 'definition');
  const before = found.kind === 'saved' ? given.findLast(({ span }) => span.start <= offset) : undefined;
  return (before ? [before] : given).map(({ span }) => ({ uri: source.uri, range: source.rangeOfSpan(span) }));
}

async function policyAt(
  session: Session,
  source: SourceDocument,
  offset: number,
  position: Range['start'],
): Promise<Location | undefined> {
  const file = policyUseAt(source, offset)?.file;
  const uri =
    file === undefined
      ? policyPathAt(session, source, position)
      : policyUri(source.uri, file, rootOfScenario(source.uri, session.roots));
  // An editor that is sent to a file that is not there says so in words of its own, and nobody asked it to.
  if (uri === undefined || (await session.workspace.read(uri)) === undefined) return undefined;
  return { uri, range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } } };
}
