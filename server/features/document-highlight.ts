import { DocumentHighlightKind } from 'vscode-languageserver';
import { answer, type Feature } from './feature.ts';
import { distinct, mentionedHere } from './mentioned.ts';
import { occurrencesAt } from './references.ts';

/** What the name at the cursor stands for, wherever the document speaks of it. */
export const documentHighlight: Feature = {
  id: 'document-highlight',
  register(session) {
    session.connection.onDocumentHighlight(({ textDocument: { uri }, position }) =>
      answer(session, 'highlighting', null, () => {
        const source = session.source(uri);
        // Without an answer of ours editors mark the same words, which is better than nothing.
        if (!source) return null;
        const local = occurrencesAt(source, source.offsetAt(position));
        const found =
          local.length > 0
            ? local.map(({ span, role }) => ({ range: source.rangeOfSpan(span), role }))
            : distinct(mentionedHere(session, source, position));
        if (found.length === 0) return null;
        return found.map(({ range, role }) => ({
          range,
          kind: role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
        }));
      }),
    );
  },
};
