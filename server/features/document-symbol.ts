import { type DocumentSymbol, type SymbolInformation, SymbolKind } from 'vscode-languageserver';
import type { Element, Item, Statement } from '../../simulator/policy/document.ts';
import { statementTitle } from '../answers/titles.ts';
import type { SourceDocument } from '../documents/source.ts';
import { answer, type Feature } from './feature.ts';
import { placed } from './placed.ts';
import { symbolsOfScenario } from './symbols-of-scenario.ts';

/** The outline: one entry for each statement, its elements below; of a scenario what its world has, and its steps. */
export const documentSymbol: Feature = {
  id: 'document-symbol',
  register(session) {
    session.connection.onDocumentSymbol(({ textDocument: { uri } }) =>
      answer(session, 'outlining', [], () => {
        const source = session.source(uri);
        const symbols = source ? symbolsOf(source) : [];
        return session.client.nestedSymbols ? symbols : flat(uri, symbols);
      }),
    );
  },
};

/** One level, each symbol with the name of what it is in. */
function flat(uri: string, symbols: readonly DocumentSymbol[], containerName?: string): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children = [] }) => [
    { name, kind, location: { uri, range }, ...(containerName === undefined ? {} : { containerName }) },
    ...flat(uri, children, name),
  ]);
}

export function symbolsOf(source: SourceDocument): DocumentSymbol[] {
  if (source.scenario) return symbolsOfScenario(source, source.scenario);
  const policy = source.policy?.policy;
  return (policy?.statements ?? []).map((statement, index) => ({
    name: statementTitle(statement, index),
    detail: brief(statement.action),
    kind: statement.effect === 'Deny' ? SymbolKind.Event : SymbolKind.Method,
    ...placed(source, statement.path),
    children: childrenOf(source, statement),
  }));
}

function childrenOf(source: SourceDocument, statement: Statement): DocumentSymbol[] {
  const elements: DocumentSymbol[] = [statement.principal, statement.action, statement.resource].flatMap((element) =>
    element
      ? [{ name: element.name, detail: brief(element), kind: SymbolKind.Property, ...placed(source, element.path) }]
      : [],
  );
  const conditions: DocumentSymbol[] = statement.conditions.map((condition) => ({
    name: condition.key.text || '(no key)',
    detail: `${condition.operator.text} ${condition.values.map(({ text }) => text).join(', ')}`,
    kind: SymbolKind.Boolean,
    ...placed(source, condition.path),
  }));
  return [...elements, ...conditions];
}

function brief(element: Element<Item> | undefined): string {
  if (!element) return '';
  const texts = element.items.map(({ text }) => text);
  return texts.length > 3 ? `${texts.slice(0, 3).join(', ')}, … (${texts.length})` : texts.join(', ');
}
