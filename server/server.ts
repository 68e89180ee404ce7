import {
  type ClientCapabilities,
  type Connection,
  DidChangeConfigurationNotification,
  type InitializeParams,
} from 'vscode-languageserver';
import { refreshCodeLens } from './features/code-lens.ts';
import { completionFeatures } from './features/completion-list.ts';
import { watchConfiguration } from './features/configuration.ts';
import { refreshDiagnostics } from './features/diagnostics.ts';
import { features } from './features/index.ts';
import { refreshInlayHints } from './features/inlay-hint.ts';
import { followWorkspaceSetting } from './features/workspace-diagnostics.ts';
import type { InitializationOptions } from './protocol.ts';
import { type ClientFeatures, type Runner, Session } from './session.ts';
import type { Workspace } from './workspace.ts';

/** Serves a client that has introduced itself. How files are read and jobs are run comes from whoever started the server. */
export function serve(
  connection: Connection,
  params: InitializeParams,
  workspace: (session: Session) => Workspace,
  runner: Runner,
): void {
  const session = new Session(connection, workspace, runner);
  session.client = clientFeatures(params.capabilities);
  session.options = readOptions(params.initializationOptions);
  session.configs.roots = rootsOf(params);
  connection.onInitialized(async () => {
    if (session.client.configuration && session.client.registersConfiguration)
      await connection.client.register(DidChangeConfigurationNotification.type, undefined);
    await watchConfiguration(session);
    await followWorkspaceSetting(session);
  });
  connection.onDidChangeConfiguration(async ({ settings }) => {
    session.settingsChanged(settings);
    await Promise.all([refreshDiagnostics(session), refreshCodeLens(session), refreshInlayHints(session)]);
    await followWorkspaceSetting(session);
  });
  for (const feature of features) feature.register(session);
  session.documents.listen(connection);
}

/** Older clients name one folder only. */
function rootsOf({ workspaceFolders, rootUri }: InitializeParams): readonly string[] {
  return workspaceFolders?.map(({ uri }) => uri) ?? (rootUri ? [rootUri] : []);
}

function clientFeatures(capabilities: ClientCapabilities): ClientFeatures {
  const { textDocument, workspace, window } = capabilities;
  const edits = workspace?.workspaceEdit?.documentChanges === true ? workspace.workspaceEdit : undefined;
  return {
    pullDiagnostics: textDocument?.diagnostic !== undefined,
    registerDiagnostics: textDocument?.diagnostic?.dynamicRegistration === true,
    refreshDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    codeLens: textDocument?.codeLens !== undefined || workspace?.codeLens !== undefined,
    refreshCodeLens: workspace?.codeLens?.refreshSupport === true,
    refreshInlayHints: workspace?.inlayHint?.refreshSupport === true,
    configuration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    watchedFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    workspaceFolders: workspace?.workspaceFolders === true,
    documentContent: workspace?.textDocumentContent !== undefined,
    workDoneProgress: window?.workDoneProgress === true,
    showDocument: window?.showDocument?.support === true,
    snippetEdits: edits?.snippetEditSupport === true,
    createFiles: edits?.resourceOperations?.includes('create') === true,
    completion: completionFeatures(capabilities),
    markdownHovers: textDocument?.hover?.contentFormat?.includes('markdown') ?? true,
    nestedSymbols: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    changeAnnotations: edits?.changeAnnotationSupport !== undefined,
    documentChanges: edits !== undefined,
  };
}

function readOptions(value: unknown): InitializationOptions {
  if (typeof value !== 'object' || value === null) return {};
  const commands = 'clientCommands' in value && Array.isArray(value.clientCommands) ? value.clientCommands : [];
  return {
    jsonService: 'jsonService' in value && value.jsonService === true,
    clientCommands: commands.filter((command) => typeof command === 'string'),
  };
}
