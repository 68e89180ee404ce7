import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import { REPORT_SCHEME, serverCommand } from './protocol.ts';

/** The kind of the action that applies all safe fixes. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.kms-lens`;

/** The kind of the action that sorts the lists of a policy. */
export const SORT = `${CodeActionKind.Source}.sort.kms-lens`;

/** What the server can do. It stands apart from the features, which are loaded only after a client was told of them. */
export const capabilities: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, FIX_ALL, SORT] },
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
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    textDocumentContent: { schemes: [REPORT_SCHEME] },
  },
};
