import {
  DidChangeWatchedFilesNotification,
  type Disposable,
  DocumentDiagnosticRequest,
  FileChangeType,
  type FileEvent,
  LSPErrorCodes,
  ResponseError,
  WatchKind,
} from 'vscode-languageserver';
import { folderOf, innermostOf, isConfigUri } from '../config/uris.ts';
import { kindOfName } from '../documents/kinds.ts';
import { policiesOfScenario } from '../scenarios/scenario-index.ts';
import type { Session } from '../session.ts';
import { findingsIn } from './diagnostics.ts';
import type { Feature } from './feature.ts';
import { goneOnes, WorkspacePull } from './workspace-pull.ts';

/** Findings in documents that are not open, for those who ask for them in the settings: pulled, or pushed. */
export const workspaceDiagnostics: Feature = {
  id: 'workspace-diagnostics',
  register(session) {
    const { client, closed, connection, documents } = session;
    /** What has findings of ours; of the others nobody need be told that there are none. */
    const pushed = new Set<string>();
    const showProgress = progressOf(session);
    const owed = new OwedRefresh(session);
    connection.languages.diagnostics.onWorkspace(async (params, token, workDone, partial) => {
      const hidesOpen = params.identifier !== WORKSPACE_ID;
      owed.isAsked = true;
      if (!closed.isOn) return { items: goneOnes(params.previousResultIds) };
      const pull = new WorkspacePull({
        closed,
        isHidden: (uri) => hidesOpen && isOpen(session, uri),
        workDone,
        partial,
      });
      token.onCancellationRequested(() => pull.cancel());
      const items = await owed.during(pull.answer(params.previousResultIds));
      if (items) return { items };
      throw new ResponseError(LSPErrorCodes.RequestCancelled, 'nobody waits for it any more');
    });
    documents.onDidOpen(({ document: { uri } }) => closed.opened(uri));
    documents.onDidChangeContent(({ document: { uri } }) => refreshOthers(session, uri));
    documents.onDidClose(({ document: { uri } }) => {
      // Also where it was just opened to be looked at, since nobody was told of what is stored meanwhile.
      closed.look(uri);
      refreshOthers(session, uri);
    });
    closed.listen({
      onFindings({ uri, items }) {
        owed.add();
        // The findings in open documents are sent by others.
        if (client.pullDiagnostics || isOpen(session, uri)) return;
        if (items.length === 0 && !pushed.delete(uri)) return;
        if (items.length > 0) pushed.add(uri);
        void connection.sendDiagnostics({ uri, diagnostics: [...items] });
      },
      onProgress: (left) => {
        showProgress(left);
        if (left === 0) owed.settle();
      },
    });
  },
};

/** Asks a client that has had its answer to pull again, once there is something new. */
class OwedRefresh {
  private readonly session: Session;
  private pulls = 0;
  private isOwed = false;
  /** Who never pulled is not told to. */
  isAsked = false;

  constructor(session: Session) {
    this.session = session;
  }

  async during<T>(pull: Promise<T>): Promise<T> {
    this.pulls += 1;
    try {
      return await pull;
    } finally {
      this.pulls -= 1;
    }
  }

  /** Who is pulling gets it. */
  add(): void {
    if (this.pulls === 0) this.isOwed = true;
  }

  settle(): void {
    const { client, connection } = this.session;
    if (!this.isOwed || !this.isAsked || !client.refreshDiagnostics) return;
    this.isOwed = false;
    connection.languages.diagnostics
      .refresh()
      .catch((error: unknown) => this.session.log('the client did not pull again', error));
  }
}

const isOpen = (session: Session, uri: string): boolean => session.documents.get(uri) !== undefined;

/** Tells apart who pulls: a client that was asked to keeps these findings beside those of open documents. */
const WORKSPACE_ID = 'kms-lens-workspace';

/** Changes of settings follow each other. */
const following = new WeakMap<Session, Promise<void>>();
const followed = new WeakMap<Session, { readonly registered: readonly Disposable[]; readonly settings: string }>();

/** Starts or ends what the settings of the workspace folders say. After any change, all that is stored is judged anew. */
export function followWorkspaceSetting(session: Session): Promise<void> {
  const next = (following.get(session) ?? Promise.resolve())
    .then(() => follow(session))
    .catch((error: unknown) => session.log('following the settings of the workspace failed', error));
  following.set(session, next);
  return next;
}

async function follow(session: Session): Promise<void> {
  const { closed } = session;
  const before = followed.get(session);
  const { folders, settings } = await enabledFolders(session);
  if (folders.length === 0) {
    if (!before) return;
    closed.stop();
    followed.delete(session);
    for (const registration of before.registered) registration.dispose();
    return;
  }
  // Editors tell of changes of settings that are none of ours, too.
  if (before?.settings === settings) return;
  closed.start({
    find: (at) => documentsIn(session, folders, at),
    read: (uri) => session.workspace.stored(uri, LONGEST),
    check: (uri, text) => check(session, uri, text),
    isOpen: (uri) => isOpen(session, uri),
    pause: pauseOf(session),
    log: (message, error) => session.log(message, error),
  });
  if (before) closed.refreshBelow('');
  followed.set(session, { settings, registered: before?.registered ?? (await register(session)) });
}

/** The workspace folders whose documents are to be checked, and the settings that say so, to compare. */
async function enabledFolders(session: Session) {
  const { roots } = session.configs;
  const all = await Promise.all(roots.map(async (root) => [root, await session.editorSettings(root)] as const));
  const enabled = all.filter(([, { workspaceDiagnostics: setting }]) => setting.enabled);
  return { folders: enabled.map(([root]) => root), settings: JSON.stringify([roots, enabled]) };
}

async function register({ client, connection }: Session): Promise<readonly Disposable[]> {
  const registered: Disposable[] = [];
  if (client.watchedFiles)
    registered.push(
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        // Folders come and go with what is in them, and editors tell of the folders only.
        watchers: [{ globPattern: '**', kind: WatchKind.Create | WatchKind.Delete }],
      }),
    );
  if (client.registerDiagnostics)
    registered.push(
      await connection.client.register(DocumentDiagnosticRequest.type, {
        identifier: WORKSPACE_ID,
        // Open documents are asked for by the name that the server has told at its start.
        documentSelector: [{ scheme: WORKSPACE_ID }],
        interFileDependencies: false,
        workspaceDiagnostics: true,
      }),
    );
  return registered;
}

/** In bytes. Longer texts would make whoever types wait; AWS takes at most 32 kB. They are checked where they are open. */
const LONGEST = 256 * 1024;

/** Each workspace folder is looked through by itself, also where it lies in another one. */
async function* documentsIn(
  session: Session,
  folders: readonly string[],
  at: string | undefined,
): AsyncGenerator<string, void, void> {
  const { roots } = session.configs;
  for (const root of at === undefined ? folders : [innermostOf(at, roots) ?? '']) {
    if (!folders.includes(root)) continue;
    const others = roots.filter((each) => each !== root);
    yield* session.workspace.documents(root, at, others);
  }
}

async function check(session: Session, uri: string, text: string) {
  if (!(await mayBeOurs(session, uri, text))) return undefined;
  const source = await session.read(uri, text);
  if (!source || !(isConfigUri(uri) || source.kind.candidates.length > 0)) return undefined;
  return findingsIn(session, source);
}

/** Most JSON files of most projects are none of ours, and are not worth being parsed. */
async function mayBeOurs(session: Session, uri: string, text: string): Promise<boolean> {
  if (isConfigUri(uri) || kindOfName(uri) !== undefined || /kms:|\\u/i.test(text)) return true;
  return (await session.configOf(uri)).kindOf(uri) !== undefined;
}

/** A file of the workspace has changed behind the editor's back, or was stored. */
export function storedFileChanged(session: Session, { uri, type }: FileEvent): void {
  const { closed } = session;
  if (!closed.isOn) return;
  if (uri.endsWith('/.gitignore')) return closed.look(undefined);
  if (type === FileChangeType.Deleted) closed.removed(uri);
  else if (type === FileChangeType.Created || !isOpen(session, uri)) closed.look(uri);
  refreshOthers(session, uri);
}

/** The documents whose findings rest on one that has changed. */
function refreshOthers(session: Session, uri: string): void {
  const { closed, configs, consulted } = session;
  if (!closed.isOn) return;
  if (isConfigUri(uri)) closed.refreshBelow(folderOf(uri) ?? uri);
  for (const reader of consulted.readersOf(uri)) closed.refresh(reader);
  if (kindOfName(uri) !== 'scenario') return;
  // What it names by now, it need not have named before.
  void session.readAs(uri, 'scenario').then((scenario) => {
    for (const policy of scenario ? policiesOfScenario(scenario, configs.roots) : []) closed.refresh(policy.uri);
  });
}

/** In milliseconds: how long work goes on while messages of the editor may wait, and how long after an edit it rests. */
const SLICE = 8;
const REST = 100;

function pauseOf(session: Session): () => Promise<void> {
  let begun = Date.now();
  const isWaitedFor = () => session.answering > 0 || Date.now() - session.edited < REST;
  return async () => {
    if (Date.now() - begun < SLICE && !isWaitedFor()) return;
    do await new Promise((resolve) => setTimeout(resolve, isWaitedFor() ? REST / 4 : 0));
    while (isWaitedFor());
    begun = Date.now();
  };
}

/** Nobody needs to be told of a few files. */
const MANY = 50;

/** Shows in the editor that many files are being checked, where nobody who pulls shows it. */
function progressOf(session: Session): (left: number) => void {
  let shown: ReturnType<Session['connection']['window']['createWorkDoneProgress']> | undefined;
  let most = 0;
  return (left) => {
    if (!session.client.workDoneProgress) return;
    most = Math.max(most, left);
    if (left === 0) {
      void shown?.then((progress) => progress.done());
      shown = undefined;
      most = 0;
    } else if (shown) {
      const percentage = Math.floor((100 * (most - left)) / most);
      void shown.then((progress) => progress.report(percentage, `${most - left} of ${most}`));
    } else if (left >= MANY) {
      shown = session.connection.window.createWorkDoneProgress();
      shown.then(
        (progress) => {
          progress.begin('KMS Lens: checking the policies of the workspace', 0, undefined, true);
          progress.token.onCancellationRequested(() => session.closed.rest());
        },
        (error: unknown) => session.log('the progress cannot be shown', error),
      );
    }
  };
}
