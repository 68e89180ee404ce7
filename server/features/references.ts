import { nameAt, type Occurrence, occurrencesOf } from '../documents/scenario-names.ts';
import type { SourceDocument } from '../documents/source.ts';
import { answer, type Feature } from './feature.ts';

/** Everywhere that a scenario speaks of a principal, a key, a grant, a VPC endpoint or a saved response. */
export const references: Feature = {
  id: 'references',
  register(session) {
    session.connection.onReferences(({ textDocument: { uri }, position, context }) =>
      answer(session, 'looking for references', [], () => {
        const source = session.source(uri);
        if (!source) return [];
        return occurrencesAt(source, source.offsetAt(position))
          .filter(({ role }) => role === 'use' || context.includeDeclaration)
          .map(({ span }) => ({ uri, range: source.rangeOfSpan(span) }));
      }),
    );
  },
};

/** Where else the file speaks of what the name at the offset stands for, the place itself included. */
export function occurrencesAt(source: SourceDocument, offset: number): readonly Occurrence[] {
  const definition = nameAt(source, offset)?.definition;
  return definition ? occurrencesOf(source, definition) : [];
}
