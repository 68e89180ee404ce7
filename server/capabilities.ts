import {
  type ClientCapabilities,
  CodeActionKind,
  type SemanticTokensLegend,
  type ServerCapabilities,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { REPORT_SCHEME, serverCommand } from './protocol.ts';

/** The kind of the action that applies all safe fixes. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.kms-lens`;

/** The kind of the action that sorts the lists of a policy. */
export const SORT = `${CodeActionKind.Source}.sort.kms-lens`;

/** The kinds of words that are coloured, and what is said of them beside: the names of VS Code's own. */
export const tokenTypes = [
  'namespace',
  'class',
  'method',
  'property',
  'variable',
  'parameter',
  'number',
  'keyword',
  'operator',
  'regexp',
  'interface',
] as const;

export const tokenModifiers = ['declaration', 'defaultLibrary'] as const;

const tokenLegend: SemanticTokensLegend = { tokenTypes: [...tokenTypes], tokenModifiers: [...tokenModifiers] };

/** What the server can do. It stands apart from the features, which are loaded only after a client was told of them. */
const capabilities: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL, SORT] },
  callHierarchyProvider: true,
  codeLensProvider: { resolveProvider: false },
  completionProvider: { triggerCharacters: ['"', ':'], resolveProvider: true },
  definitionProvider: true,
  diagnosticProvider: { identifier: 'kms-lens', interFileDependencies: false, workspaceDiagnostics: false },
  documentHighlightProvider: true,
  documentLinkProvider: { resolveProvider: false },
  documentSymbolProvider: { label: 'KMS Lens' },
  executeCommandProvider: { commands: Object.values(serverCommand) },
  foldingRangeProvider: true,
  hoverProvider: true,
  inlayHintProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  selectionRangeProvider: true,
  semanticTokensProvider: { legend: tokenLegend, full: { delta: true }, range: true },
  workspaceSymbolProvider: true,
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    textDocumentContent: { schemes: [REPORT_SCHEME] },
  },
};

/**
 * What a client is told. One that cannot be asked later on, when the settings are known, to pull the diagnostics of the
 * workspace has to be told at once that it may; where the setting is off it gets none.
 */
export function capabilitiesFor({ textDocument }: ClientCapabilities): ServerCapabilities {
  const { diagnosticProvider } = capabilities;
  if (!diagnosticProvider || !textDocument?.diagnostic || textDocument.diagnostic.dynamicRegistration)
    return capabilities;
  return { ...capabilities, diagnosticProvider: { ...diagnosticProvider, workspaceDiagnostics: true } };
}
