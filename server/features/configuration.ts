import {
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  ResponseError,
  type WorkspaceFoldersChangeEvent,
} from 'vscode-languageserver';
import { rememberPolicies } from '../config/remember.ts';
import { folderOf, isConfigUri } from '../config/uris.ts';
import { kindOfName } from '../documents/kinds.ts';
import { CONFIG_NAME, method, type RememberParams, type RememberResult } from '../protocol.ts';
import type { Session } from '../session.ts';
import { refreshCodeLens } from './code-lens.ts';
import { configTarget } from './config-target.ts';
import { refreshDiagnostics, refreshWhoConsulted } from './diagnostics.ts';
import { answer, type Feature } from './feature.ts';
import { documentChanged } from './scenario.ts';
import { INVALID_REQUEST } from './simulate.ts';
import { followWorkspaceSetting, storedFileChanged } from './workspace-diagnostics.ts';

/**
 * Keeps up with the `.kms-lens.json` files, as they are edited where they are open, else as they are stored, and with the
 * policies that findings in other documents rest on.
 */
export const configuration: Feature = {
  id: 'configuration',
  register(session) {
    const { connection, documents } = session;
    connection.onRequest(method.remember, (params: RememberParams) => remember(session, params));
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const change of changes) storedFileChanged(session, change);
      const documents = changes.filter(({ uri }) => /\.jsonc?$/i.test(uri));
      const uris = documents.map(({ uri }) => uri);
      forgetMentions(session, documents);
      filesChanged(session, documents);
      if (uris.some(isConfigUri)) reconfigure(session);
      else refreshWhoConsulted(session, uris);
    });
    documents.onDidChangeContent(({ document: { uri } }) => {
      if (isConfigUri(uri)) reconfigure(session);
    });
    documents.onDidClose(({ document: { uri } }) => {
      if (isConfigUri(uri)) reconfigure(session);
    });
  },
};

/** Once the client is ready: asks to be told of files and folders. */
export async function watchConfiguration(session: Session): Promise<void> {
  const { client, connection } = session;
  if (client.workspaceFolders)
    connection.workspace.onDidChangeWorkspaceFolders((event) => changeFolders(session, event));
  if (client.watchedFiles)
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      // A policy that a scenario names may have any name.
      watchers: [{ globPattern: '**/{*.json,*.jsonc,.gitignore}' }],
    });
}

/** What stored documents name is read anew. */
function forgetMentions({ mentions }: Session, changes: readonly FileEvent[]): void {
  for (const { uri, type } of changes) {
    if (type === FileChangeType.Created) mentions.add(uri);
    else mentions.forget(uri);
  }
}

/** Stored files that scenarios rest on, and scenarios themselves. Open documents tell of their changes before they are stored. */
function filesChanged(session: Session, changes: readonly FileEvent[]): void {
  const stored = changes.filter(({ uri }) => !isConfigUri(uri) && !session.documents.get(uri));
  if (stored.some(({ uri, type }) => kindOfName(uri) === 'scenario' && type !== FileChangeType.Changed))
    session.scenarioIndex.forgetAll();
  for (const { uri } of stored) documentChanged(session, uri);
  if (stored.length > 0) void refreshCodeLens(session);
}

function changeFolders(session: Session, { added, removed }: WorkspaceFoldersChangeEvent): void {
  const gone = new Set(removed.map(({ uri }) => uri));
  session.configs.roots = [...session.configs.roots.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
  session.mentions.forgetAll();
  session.forgetSettings();
  reconfigure(session);
  void followWorkspaceSetting(session);
}

function reconfigure(session: Session): void {
  session.reloadConfigs();
  void answer(session, 'applying the configuration', undefined, async () => {
    await Promise.all([refreshDiagnostics(session), refreshCodeLens(session)]);
  });
}

/** The client makes the changes. */
async function remember(session: Session, params: RememberParams): Promise<RememberResult> {
  const { principal, identityPolicies } = params;
  const target = folderOf(params.uri) === undefined ? undefined : await configTarget(session, params.uri);
  if (target === undefined)
    throw new ResponseError(
      INVALID_REQUEST,
      'the document lies in no folder: save it, so that a file can stand beside it',
    );
  const { uri, text, isNew } = target;
  const remembered = rememberPolicies(uri, text, principal, identityPolicies);
  if ('problem' in remembered)
    throw new ResponseError(
      INVALID_REQUEST,
      `\`${CONFIG_NAME}\` cannot be changed: ${remembered.problem}; mend it first`,
    );
  return { uri, isNew, edits: remembered.edits };
}
