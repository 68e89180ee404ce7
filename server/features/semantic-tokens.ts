import { SemanticTokensBuilder } from 'vscode-languageserver';
import { tokensOf } from '../answers/tokens/tokens.ts';
import { tokenModifiers, tokenTypes } from '../capabilities.ts';
import type { SourceDocument, Span } from '../documents/source.ts';
import { answer, type Feature } from './feature.ts';

/** Colours for what strings mean: actions, condition keys, operators, principals, and the names of scenarios. */
export const semanticTokens: Feature = {
  id: 'semantic-tokens',
  register(session) {
    // What the client was last told, for the difference.
    const told = new Map<string, SemanticTokensBuilder>();
    session.documents.onDidClose(({ document: { uri } }) => void told.delete(uri));
    const builderOf = (uri: string): SemanticTokensBuilder => {
      const builder = told.get(uri) ?? new SemanticTokensBuilder();
      told.set(uri, builder);
      return builder;
    };
    session.connection.languages.semanticTokens.on(({ textDocument: { uri } }) =>
      answer(session, 'colouring', NOTHING, () => {
        const source = session.source(uri);
        if (!source) return NOTHING;
        // A builder that has given tokens begins anew with this.
        const builder = builderOf(uri);
        builder.previousResult('');
        push(builder, source);
        return builder.build();
      }),
    );
    session.connection.languages.semanticTokens.onDelta(({ textDocument: { uri }, previousResultId }) =>
      answer(session, 'colouring', NOTHING, () => {
        const source = session.source(uri);
        if (!source) return NOTHING;
        const builder = builderOf(uri);
        builder.previousResult(previousResultId);
        push(builder, source);
        return builder.buildEdits();
      }),
    );
    session.connection.languages.semanticTokens.onRange(({ textDocument: { uri }, range }) =>
      answer(session, 'colouring', NOTHING, () => {
        const source = session.source(uri);
        if (!source) return NOTHING;
        const builder = new SemanticTokensBuilder();
        push(builder, source, { start: source.offsetAt(range.start), end: source.offsetAt(range.end) });
        return builder.build();
      }),
    );
  },
};

const NOTHING = { data: [] };

function push(builder: SemanticTokensBuilder, source: SourceDocument, within?: Span): void {
  for (const token of tokensOf(source, within)) {
    const { start } = source.rangeOfSpan(token);
    const modifiers = token.modifiers.reduce((bits, each) => bits | (1 << tokenModifiers.indexOf(each)), 0);
    builder.push(start.line, start.character, token.end - token.start, tokenTypes.indexOf(token.type), modifiers);
  }
}
