import { SymbolKind } from 'vscode-languageserver';
import { type EntryKind, entriesFor } from '../answers/mentions/symbols.ts';
import { answer, type Feature } from './feature.ts';

/** Principals, keys, aliases, `Sid`s, scenarios with their steps, and grants, by their names in the whole workspace. */
export const workspaceSymbol: Feature = {
  id: 'workspace-symbol',
  register(session) {
    session.connection.onWorkspaceSymbol(({ query }) =>
      answer(session, 'looking for symbols', [], async () =>
        entriesFor(await session.mentions.documents(), query).map(({ name, kind, uri, range, container }) => ({
          name,
          kind: KINDS[kind],
          location: { uri, range },
          containerName: container,
        })),
      ),
    );
  },
};

const KINDS: Readonly<Record<EntryKind, SymbolKind>> = {
  principal: SymbolKind.Class,
  key: SymbolKind.Key,
  alias: SymbolKind.Constant,
  sid: SymbolKind.Method,
  scenario: SymbolKind.File,
  step: SymbolKind.Method,
  grant: SymbolKind.Interface,
};
