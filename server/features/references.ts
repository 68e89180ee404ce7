import { nameAt, type Occurrence, occurrencesOf } from '../documents/scenario-names.ts';
import type { SourceDocument } from '../documents/source.ts';
import { answer, type Feature } from './feature.ts';
import { distinct, mentionedAt } from './mentioned.ts';

/** Everywhere that the workspace speaks of a principal, a key, an alias or a `Sid`, and a scenario of what it gives names. */
export const references: Feature = {
  id: 'references',
  register(session) {
    session.connection.onReferences(({ textDocument: { uri }, position, context }) =>
      answer(session, 'looking for references', [], async () => {
        const source = session.source(uri);
        if (!source) return [];
        const local = occurrencesAt(source, source.offsetAt(position)).map(({ span, role }) => ({
          uri,
          role,
          range: source.rangeOfSpan(span),
        }));
        const mentioned = (await mentionedAt(session, source, position)).map(({ uri: other, mention }) => ({
          uri: other,
          role: mention.role,
          range: mention.range,
        }));
        return distinct([...local, ...mentioned])
          .filter(({ role }) => role === 'use' || context.includeDeclaration)
          .map(({ uri: other, range }) => ({ uri: other, range }));
      }),
    );
  },
};

/** Where else the file speaks of what the name at the offset stands for, the place itself included. */
export function occurrencesAt(source: SourceDocument, offset: number): readonly Occurrence[] {
  const definition = nameAt(source, offset)?.definition;
  return definition ? occurrencesOf(source, definition) : [];
}
