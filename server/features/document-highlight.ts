import { DocumentHighlightKind } from 'vscode-languageserver';
import { answer, type Feature } from './feature.ts';
import { occurrencesAt } from './references.ts';

/** What the name at the cursor stands for, wherever a scenario speaks of it. */
export const documentHighlight: Feature = {
  id: 'document-highlight',
  register(session) {
    session.connection.onDocumentHighlight(({ textDocument: { uri }, position }) =>
      answer(session, 'highlighting', null, () => {
        const source = session.source(uri);
        // Without an answer of ours editors mark the same words, which is better than nothing.
        const found = source ? occurrencesAt(source, source.offsetAt(position)) : [];
        if (!source || found.length === 0) return null;
        return found.map(({ span, role }) => ({
          range: source.rangeOfSpan(span),
          kind: role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      }),
    );
  },
};
