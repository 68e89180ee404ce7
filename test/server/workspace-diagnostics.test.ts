import { rmSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  type ClientCapabilities,
  FileChangeType,
  ProgressType,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver/node';
import { folderWith, keyPolicy } from '../cli/folder.ts';
import { kmsLens } from '../cli/run.ts';
import { LspSession, modernClient, type SessionOptions, until } from './lsp-session.ts';

const bad = keyPolicy('kms:Decypt');
const good = keyPolicy('kms:Decrypt');
const on = { workspaceDiagnostics: { enabled: true } };
const watching = { didChangeWatchedFiles: { dynamicRegistration: true } };

/** What an editor says that can be asked to pull from the workspace only while that is switched on, such as VS Code. */
const registering: ClientCapabilities = {
  ...modernClient,
  textDocument: { diagnostic: { dynamicRegistration: true } },
  workspace: { ...modernClient.workspace, ...watching },
};
const pushedTo: ClientCapabilities = { workspace: { configuration: true, ...watching, workspaceFolders: true } };

/** A session with a folder open, and what a client that is pushed to shows of its files. */
async function workspace(files: Readonly<Record<string, string>>, options: SessionOptions = {}) {
  const folder = folderWith(files);
  const root = pathToFileURL(folder).href;
  const session = await LspSession.start({
    capabilities: pushedTo,
    settings: on,
    workspaceFolders: [root],
    ...options,
  });
  const uriOf = (name: string): string => `${root}/${name}`;
  const shown = (name: string): string | undefined =>
    session.published
      .findLast(({ uri }) => uri === uriOf(name))
      ?.diagnostics.map(({ code }) => code)
      .join(' ');
  return {
    folder,
    session,
    uriOf,
    shown,
    untilShown: (name: string, codes: string) => until(() => shown(name) === codes),
    write: (name: string, text: string) => writeFileSync(`${folder}/${name}`, text),
    changed: (type: FileChangeType, ...names: readonly string[]) =>
      session.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: names.map((name) => ({ uri: uriOf(name), type })),
      }),
  };
}

const partial = new ProgressType<{ items: WorkspaceDocumentDiagnosticReport[] }>();

/** A pull that stays open, and what it has brought so far. */
function openPull(session: LspSession, identifier: string, previousResultIds: readonly object[] = []) {
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  const cancelling = new CancellationTokenSource();
  const partialResultToken = `pull-${Math.random()}`;
  session.connection.onProgress(partial, partialResultToken, (report) => void items.push(...report.items));
  const answer = session.connection.sendRequest<WorkspaceDiagnosticReport>(
    'workspace/diagnostic',
    { identifier, previousResultIds, partialResultToken },
    cancelling.token,
  );
  return { items, answer, cancel: () => cancelling.cancel() };
}

function pull(session: LspSession, previousResultIds: readonly object[] = []): Promise<WorkspaceDiagnosticReport> {
  return session.connection.sendRequest('workspace/diagnostic', { identifier: 'kms-lens', previousResultIds });
}

const lines = (items: readonly WorkspaceDocumentDiagnosticReport[]): string[] =>
  items
    .map((each) => {
      const name = each.uri.slice(each.uri.lastIndexOf('/') + 1);
      return `${name}: ${each.kind === 'full' ? each.items.map(({ code }) => code).join(' ') : each.kind}`;
    })
    .sort();

const files = {
  'a.key-policy.json': bad,
  'b.key-policy.json': good,
  'c.json': bad,
  'other.json': '{ "name": "nothing of ours" }',
  'node_modules/d.key-policy.json': bad,
  'ignored/e.key-policy.json': bad,
  '.gitignore': 'ignored/\n',
};

describe('a client that is pushed to', () => {
  test('is shown what `kms-lens check` finds, in the files that it finds', async () => {
    const { folder, session, shown, untilShown } = await workspace(files);
    await untilShown('c.json', 'action-unknown');
    await untilShown('a.key-policy.json', 'action-unknown');
    const { stdout } = await kmsLens(['check', '.', '--format', 'json'], { cwd: folder });
    const checked: { file: string; diagnostics: { rule: string }[] }[] = JSON.parse(stdout).files;
    for (const { file, diagnostics } of checked)
      expect([file, shown(file) ?? '']).toEqual([file, diagnostics.map(({ rule }) => rule).join(' ')]);
    expect(new Set(session.published.map(({ uri }) => uri)).size).toBe(2);
  });

  test('is shown nothing of files of more than 256 kB', async () => {
    const padded = (length: number) => bad.replace('{', `{${' '.repeat(length - bad.length)}`);
    const { session, untilShown } = await workspace({
      'a.key-policy.json': padded(256 * 1024 + 1),
      'b.key-policy.json': padded(256 * 1024),
      'z.key-policy.json': bad,
    });
    await untilShown('z.key-policy.json', 'action-unknown');
    const told = new Set(session.published.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)));
    expect([...told].sort()).toEqual(['b.key-policy.json', 'z.key-policy.json']);
  });

  test('is shown nothing unless the setting says so, and loses it with the setting', async () => {
    const { session, shown, untilShown } = await workspace(files, { settings: {} });
    await session.open('file:///elsewhere/x.key-policy.json', bad);
    await until(() => session.published.some(({ uri }) => uri.endsWith('x.key-policy.json')));
    expect(shown('a.key-policy.json')).toBe(undefined);
    session.settings = on;
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await untilShown('a.key-policy.json', 'action-unknown');
    session.settings = {};
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await untilShown('a.key-policy.json', '');
  });

  test('sees the open text win over the stored one, which is back when it closes', async () => {
    const { session, uriOf, untilShown, changed, write } = await workspace(files);
    const uri = uriOf('a.key-policy.json');
    await untilShown('a.key-policy.json', 'action-unknown');
    await session.open(uri, good);
    await untilShown('a.key-policy.json', '');
    write('a.key-policy.json', keyPolicy('kms:Encypt'));
    await changed(FileChangeType.Changed, 'a.key-policy.json');
    await session.change(uri, good.replace('2012-10-17', '2012-10-18'));
    await untilShown('a.key-policy.json', 'version-invalid');
    await session.close(uri);
    await untilShown('a.key-policy.json', 'action-unknown');
    expect(session.published.at(-1)?.diagnostics[0]?.message).toContain('kms:Encypt');
  });

  test('sees files come, change and go, and others left alone', async () => {
    const { folder, session, shown, untilShown, changed, write } = await workspace(files);
    await untilShown('a.key-policy.json', 'action-unknown');
    await untilShown('c.json', 'action-unknown');
    const before = session.published.length;
    write('a.key-policy.json', good);
    await changed(FileChangeType.Changed, 'a.key-policy.json');
    await untilShown('a.key-policy.json', '');
    write('new.json', bad);
    write('node_modules/new.json', bad);
    await changed(FileChangeType.Created, 'node_modules/new.json', 'new.json');
    await untilShown('new.json', 'action-unknown');
    rmSync(`${folder}/c.json`);
    await changed(FileChangeType.Deleted, 'c.json');
    await untilShown('c.json', '');
    write('.gitignore', 'new.json\n');
    await changed(FileChangeType.Changed, '.gitignore');
    await untilShown('new.json', '');
    await until(() => shown('ignored/e.key-policy.json') === 'action-unknown');
    expect(session.published.length - before).toBe(5);
  });

  test('sees a folder come and go with what is in it', async () => {
    const { folder, untilShown, changed } = await workspace({ ...files, 'p/f.key-policy.json': bad });
    await untilShown('p/f.key-policy.json', 'action-unknown');
    rmSync(`${folder}/p`, { recursive: true });
    await changed(FileChangeType.Deleted, 'p');
    await untilShown('p/f.key-policy.json', '');
    writeFileSync(`${folder}/.gitignore`, '');
    await changed(FileChangeType.Created, 'ignored');
    await untilShown('ignored/e.key-policy.json', 'action-unknown');
  });

  test('sees what rests on another document follow it', async () => {
    const KeyId = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
    const App = 'arn:aws:iam::111122223333:role/App';
    const grant = { KeyId, GranteePrincipal: App, RetiringPrincipal: App, Operations: ['Decrypt'] };
    const denying = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        ...JSON.parse(good).Statement,
        { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' },
      ],
    });
    const config = (account: string) =>
      JSON.stringify({ account, keys: { '*.kms-grant.json': { keyPolicy: 'k.key-policy.json' } } });
    const { session, shown, uriOf, changed, write } = await workspace({
      '.kms-lens.json': config('111122223333'),
      'k.key-policy.json': good,
      'a.kms-grant.json': JSON.stringify(grant),
    });
    const isDenied = () => shown('a.kms-grant.json')?.includes('grant-shadowed-by-deny');
    write('k.key-policy.json', denying);
    await changed(FileChangeType.Changed, 'k.key-policy.json');
    await until(() => isDenied() === true);
    await session.open(uriOf('k.key-policy.json'), good);
    await until(() => isDenied() === false);
    await session.close(uriOf('k.key-policy.json'));
    await until(() => isDenied() === true);
    write('.kms-lens.json', '{ "rules": { "grant-shadowed-by-deny": "off" } }');
    await changed(FileChangeType.Changed, '.kms-lens.json');
    await until(() => isDenied() === false);
  });

  test('sees what scenarios say of policies, and files that scenarios miss', async () => {
    const scenario = (policy: string) =>
      JSON.stringify({
        keys: { orders: { policy } },
        principals: {},
        steps: [],
      });
    const { shown, changed, write } = await workspace({
      'a.kms-scenario.json': scenario('missing.key-policy.json'),
      'b.key-policy.json': good,
    });
    await until(() => shown('a.kms-scenario.json')?.includes('scenario-unusable-policy'));
    write('missing.key-policy.json', good);
    await changed(FileChangeType.Created, 'missing.key-policy.json');
    await until(() => shown('a.kms-scenario.json')?.includes('scenario-unusable-policy') === false);
  });

  test('is never shown what was found before an edit, whenever it came', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`p${index}.key-policy.json`, bad]));
    const { session, uriOf, shown, changed, write, folder } = await workspace(many);
    for (let index = 0; index < 60; index += 3) {
      // Whether the scan has come so far or not.
      await session.open(uriOf(`p${index}.key-policy.json`), good);
      write(`p${index + 1}.key-policy.json`, good);
      await changed(FileChangeType.Changed, `p${index + 1}.key-policy.json`);
      rmSync(`${folder}/p${index + 2}.key-policy.json`);
      await changed(FileChangeType.Deleted, `p${index + 2}.key-policy.json`);
    }
    write('last.key-policy.json', bad);
    await changed(FileChangeType.Created, 'last.key-policy.json');
    await until(() => shown('last.key-policy.json') === 'action-unknown');
    await until(() => Object.keys(many).every((name) => (shown(name) ?? '') === ''));
    const late = session.published.length;
    await session.diagnostics(uriOf('p0.key-policy.json'));
    expect(session.published.slice(late).filter(({ diagnostics }) => diagnostics.length > 0)).toEqual([]);
  });
});

const registeredBy = ({ registrations }: LspSession, wanted: string): boolean =>
  [...registrations.values()].some(({ method }) => method === wanted);

describe('a client that pulls', () => {
  test('is asked to while the setting is on, beside what it pulls for open documents', async () => {
    const { session, uriOf } = await workspace(files, { capabilities: registering });
    const registered = () =>
      [...session.registrations.values()].filter(({ method }) => method === 'textDocument/diagnostic');
    await until(() => registered().length === 1);
    expect(registered()[0]?.registerOptions).toMatchObject({ workspaceDiagnostics: true });
    expect(session.initialized.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: false });
    const held = openPull(session, 'kms-lens-workspace');
    await until(() => held.items.length === 3);
    expect(lines(held.items)).toEqual([
      'a.key-policy.json: action-unknown',
      'b.key-policy.json: ',
      'c.json: action-unknown',
    ]);
    // An open document is pulled by itself.
    await session.open(uriOf('a.key-policy.json'), bad);
    await until(() => held.items.length === 4);
    expect(lines(held.items.slice(3))).toEqual(['a.key-policy.json: ']);
    expect((await session.diagnostics(uriOf('a.key-policy.json'))).map(({ code }) => code)).toEqual(['action-unknown']);
    await session.close(uriOf('a.key-policy.json'));
    await until(() => held.items.length === 5);
    expect(lines(held.items.slice(4))).toEqual(['a.key-policy.json: action-unknown']);
    session.settings = {};
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await held.answer;
    await until(() => registered().length === 0);
  });

  test('gets what is unchanged as such, in one answer or in parts, and can cancel', async () => {
    const { session, changed, write } = await workspace(files, {
      capabilities: { ...modernClient, workspace: { ...modernClient.workspace, ...watching } },
    });
    expect(session.initialized.capabilities.diagnosticProvider).toMatchObject({ workspaceDiagnostics: true });
    await until(() => registeredBy(session, 'workspace/didChangeWatchedFiles'));
    const { items } = await pull(session);
    expect(lines(items)).toEqual([
      'a.key-policy.json: action-unknown',
      'b.key-policy.json: ',
      'c.json: action-unknown',
    ]);
    const ids = items.map(({ uri, resultId }) => ({ uri, value: resultId }));
    write('b.key-policy.json', bad);
    await changed(FileChangeType.Changed, 'b.key-policy.json');
    await until(() => session.diagnosticRefreshes > 0);
    const stale = { uri: `${ids[0]?.uri}x`, value: 'old' };
    expect(lines((await pull(session, [...ids, stale])).items)).toEqual([
      'a.key-policy.json: unchanged',
      'a.key-policy.jsonx: ',
      'b.key-policy.json: action-unknown',
      'c.json: unchanged',
    ]);
    const held = openPull(session, 'kms-lens', ids);
    await until(() => held.items.length === 3);
    expect(lines(held.items).filter((line) => line.endsWith('unchanged'))).toHaveLength(2);
    held.cancel();
    await expect(held.answer).rejects.toThrow('nobody waits for it');
  });

  test('gets nothing where the setting is off, and is not told of open documents', async () => {
    const { session, uriOf } = await workspace(files, { settings: {}, capabilities: modernClient });
    const old = { uri: uriOf('a.key-policy.json'), value: 'old' };
    expect(lines((await pull(session, [old])).items)).toEqual(['a.key-policy.json: ']);
    await session.open(uriOf('a.key-policy.json'), good);
    session.settings = on;
    await session.connection.sendNotification('workspace/didChangeConfiguration', { settings: {} });
    await until(() => session.diagnosticRefreshes > 1);
    expect(lines((await pull(session)).items)).toEqual(['b.key-policy.json: ', 'c.json: action-unknown']);
  });

  test('is shown the progress of many files, and can end it', async () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`p${index}.key-policy.json`, bad]));
    const capabilities = { ...registering, window: { workDoneProgress: true } };
    const { session } = await workspace(many, { capabilities });
    const kinds: string[] = [];
    const shown = new ProgressType<{ kind: string; percentage?: number }>();
    session.connection.onRequest('window/workDoneProgress/create', ({ token }: { token: string }) => {
      session.connection.onProgress(shown, token, ({ kind }) => void kinds.push(kind));
      return null;
    });
    const token = 'work';
    session.connection.onProgress(shown, token, ({ kind }) => void kinds.push(`asked ${kind}`));
    await until(() => registeredBy(session, 'textDocument/diagnostic'));
    const { items } = await session.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', {
      previousResultIds: [],
      workDoneToken: token,
    });
    expect(items).toHaveLength(80);
    await until(() => kinds.includes('end') || kinds.includes('asked end'));
  });
});

describe('workspace folders', () => {
  test('have settings and a configuration of their own, and what lies in two belongs to the inner one', async () => {
    const folder = folderWith({
      'a.key-policy.json': bad,
      'inner/b.key-policy.json': bad,
      'inner/off/c.key-policy.json': bad,
      '.kms-lens.json': '{ "rules": { "action-unknown": "warning" } }',
      'inner/.kms-lens.json': '{ "rules": {} }',
    });
    const root = pathToFileURL(folder).href;
    const severe = { ...on, rules: { 'action-unknown': 'information' } };
    const session = await LspSession.start({
      capabilities: pushedTo,
      workspaceFolders: [root, `${root}/inner`, `${root}/inner/off`],
      settings: on,
      settingsOf: { [`${root}/inner`]: severe, [`${root}/inner/off`]: {} },
    });
    const severities = (name: string) =>
      session.published.findLast(({ uri }) => uri === `${root}/${name}`)?.diagnostics.map(({ severity }) => severity);
    await until(() => severities('a.key-policy.json') && severities('inner/b.key-policy.json'));
    expect(severities('a.key-policy.json')).toEqual([2]);
    expect(severities('inner/b.key-policy.json')).toEqual([3]);
    expect(severities('inner/off/c.key-policy.json')).toBe(undefined);
    // Without the inner folders, their files belong to the outer one.
    const removed = [`${root}/inner`, `${root}/inner/off`].map((uri) => ({ uri, name: uri }));
    await session.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed } });
    await until(() => severities('inner/off/c.key-policy.json')?.[0] === 2);
    await until(() => severities('inner/b.key-policy.json')?.[0] === 2);
  });

  test('that are virtual serve what is open, and look for nothing else', async () => {
    const root = 'vscode-vfs://github/kms-lens/policies';
    const session = await LspSession.start({
      capabilities: pushedTo,
      settings: on,
      workspaceFolders: [root],
      initializationOptions: { clientCommands: [] },
    });
    const uri = `${root}/a.key-policy.json`;
    await session.open(uri, bad, 'kms-key-policy');
    await until(() => session.published.some(({ diagnostics }) => diagnostics.length === 1));
    expect((await session.codeLenses(uri)).length).toBeGreaterThan(0);
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: `${root}/b.key-policy.json`, type: FileChangeType.Created }],
    });
    await session.close(uri);
    await until(() => session.published.at(-1)?.diagnostics.length === 0);
    expect(session.log.filter((line) => line.includes('failed'))).toEqual([]);
  });
});
