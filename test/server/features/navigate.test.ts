import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  ClientCapabilities,
  Location,
  SemanticTokens,
  SemanticTokensDelta,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { LspSession, modernClient } from '../lsp-session.ts';

const APP = 'arn:aws:iam::111122223333:role/App';
const policy = (name: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Use",
      "Effect": "Allow",
      "Principal": { "AWS": "${APP.replace('App', name)}" },
      "Action": "kms:Decrypt",
      "Resource": "*"
    }
  ]
}`;
const CONFIG = `{ "principals": { "${APP}": { "policies": ["app.iam-policy.json"] } } }`;
const APP_POLICY =
  '{ "Version": "2012-10-17", "Statement": [{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" }] }';

/** A folder on disk with files, of which tests open some. */
async function start(capabilities: ClientCapabilities = modernClient) {
  const folder = await mkdtemp(join(tmpdir(), 'kms-lens-navigate-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = {
    '.kms-lens.json': CONFIG,
    'app.iam-policy.json': APP_POLICY,
    'stored.key-policy.json': policy('App'),
    'package.json': `{ "name": "${APP}" }`,
    'broken.key-policy.json': '{ "Statement": [',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const root = pathToFileURL(folder).href;
  const session = await LspSession.start({ capabilities, workspaceFolders: [root] });
  const uri = `${root}/open.key-policy.json`;
  await session.open(uri, policy('App'), 'kms-key-policy');
  return { folder, root, session, uri, at: { position: { line: 6, character: 62 } } };
}

const named = (root: string, locations: readonly { uri: string; range: Location['range'] }[]): readonly string[] =>
  locations.map(
    ({ uri, range }) => `${uri.slice(root.length + 1)}:${range.start.line + 1}:${range.start.character + 1}`,
  );

test('definitions and references lead through files that nobody opened', async () => {
  const { root, session, uri, at } = await start();
  expect(named(root, await session.ask<Location[]>('textDocument/definition', uri, at))).toEqual([
    '.kms-lens.json:1:20',
  ]);
  const references = async (includeDeclaration: boolean): Promise<readonly string[]> =>
    named(
      root,
      await session.ask<Location[]>('textDocument/references', uri, { ...at, context: { includeDeclaration } }),
    );
  expect(await references(true)).toEqual([
    '.kms-lens.json:1:20',
    'open.key-policy.json:7:30',
    'stored.key-policy.json:7:30',
  ]);
  expect(await references(false)).toHaveLength(2);
  expect(await session.ask<unknown[]>('textDocument/documentHighlight', uri, at)).toHaveLength(1);
  const config = `${root}/.kms-lens.json`;
  await session.open(config, CONFIG, 'jsonc');
  const path = { position: { line: 0, character: CONFIG.indexOf('app.iam') } };
  expect(await session.ask<Location>('textDocument/definition', config, path)).toMatchObject({
    uri: `${root}/app.iam-policy.json`,
  });
  await session.change(config, CONFIG.replace('app.iam', 'lost.iam'));
  expect(await session.ask('textDocument/definition', config, path)).toBeNull();
  expect(session.log).toEqual([]);
});

test('renaming changes open and stored documents, with the versions of the open', async () => {
  const { root, session, uri, at } = await start({
    ...modernClient,
    workspace: { ...modernClient.workspace, workspaceEdit: { documentChanges: true } },
  });
  expect(await session.ask('textDocument/prepareRename', uri, at)).toEqual({
    range: { start: { line: 6, character: 60 }, end: { line: 6, character: 63 } },
    placeholder: 'App',
  });
  const edit = await session.ask<WorkspaceEdit>('textDocument/rename', uri, { ...at, newName: 'Api' });
  expect(edit.documentChanges).toEqual(
    [
      ['.kms-lens.json', null, 0, CONFIG.indexOf('App')],
      ['open.key-policy.json', 1, 6, 60],
      ['stored.key-policy.json', null, 6, 60],
    ].map(([name, version, line, character]) => ({
      textDocument: { uri: `${root}/${name}`, version },
      edits: [
        { range: { start: { line, character }, end: { line, character: Number(character) + 3 } }, newText: 'Api' },
      ],
    })),
  );
  await expect(session.ask('textDocument/rename', uri, { ...at, newName: 'a b' })).rejects.toThrow(
    '`a b` is no name that AWS takes here',
  );
});

test('a stored file that changed is renamed as it is, told of or not', async () => {
  const { folder, root, session, uri, at } = await start();
  await session.ask('textDocument/references', uri, { ...at, context: { includeDeclaration: true } });
  await writeFile(join(folder, 'stored.key-policy.json'), `\n${policy('App')}`);
  const edit = await session.ask<WorkspaceEdit>('textDocument/rename', uri, { ...at, newName: 'Api' });
  expect(edit.changes?.[`${root}/stored.key-policy.json`]?.map(({ range }) => range.start.line)).toEqual([7]);
});

test('symbols of the workspace, and of files once a client tells of them', async () => {
  const { folder, root, session } = await start({
    ...modernClient,
    workspace: { ...modernClient.workspace, didChangeWatchedFiles: { dynamicRegistration: true } },
  });
  const symbols = async (query: string): Promise<readonly string[]> => {
    const found = await session.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query });
    return found.map(
      ({ name, containerName, location }) => `${name} ${containerName} ${location.uri.slice(root.length + 1)}`,
    );
  };
  expect(await symbols('rolapp')).toEqual([`${APP} .kms-lens.json .kms-lens.json`]);
  expect(await symbols('use')).toEqual([
    'Use open.key-policy.json open.key-policy.json',
    'Use stored.key-policy.json stored.key-policy.json',
  ]);
  await writeFile(join(folder, 'new.kms-grant.json'), '{ "Name": "brandNew", "Operations": ["Decrypt"] }');
  await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
    changes: [{ uri: `${root}/new.kms-grant.json`, type: 1 }],
  });
  await expect
    .poll(() => symbols('brandnew'), { timeout: 20_000, interval: 500 })
    .toEqual(['Grant “brandNew” new.kms-grant.json new.kms-grant.json']);
});

test('who names a principal, and what it may reach', async () => {
  const { root, session, uri, at } = await start();
  const [item] = await session.ask<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', uri, at);
  expect(item).toMatchObject({ name: APP, uri: `${root}/.kms-lens.json` });
  const incoming = await session.connection.sendRequest<CallHierarchyIncomingCall[]>('callHierarchy/incomingCalls', {
    item,
  });
  expect(
    incoming.map(({ from, fromRanges }) => [from.name, from.uri.slice(root.length + 1), fromRanges.length]),
  ).toEqual([
    ['Allow “Use”', 'open.key-policy.json', 1],
    ['Allow “Use”', 'stored.key-policy.json', 1],
  ]);
  const outgoing = await session.connection.sendRequest<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', {
    item,
  });
  expect(outgoing.map(({ to }) => to.name)).toEqual(['1234abcd-12ab-34cd-56ef-1234567890ab']);
  const from = incoming[0]?.from;
  const names = await session.connection.sendRequest<CallHierarchyOutgoingCall[]>('callHierarchy/outgoingCalls', {
    item: from,
  });
  expect(names.map(({ to }) => to.name)).toEqual([APP]);
  expect(
    await session.ask('textDocument/prepareCallHierarchy', uri, { position: { line: 1, character: 5 } }),
  ).toBeNull();
});

test('colours, all of them, of a part, and what changed', async () => {
  const { session, uri } = await start();
  const full = await session.ask<SemanticTokens>('textDocument/semanticTokens/full', uri);
  // Allow, the account and the name, kms and Decrypt, the wildcard.
  expect(full.data).toHaveLength(6 * 5);
  const range = { start: { line: 7, character: 0 }, end: { line: 8, character: 0 } };
  const part = await session.ask<SemanticTokens>('textDocument/semanticTokens/range', uri, { range });
  expect(part.data.slice(0, 2)).toEqual([7, 17]);
  expect(part.data).toHaveLength(2 * 5);
  await session.change(uri, policy('Application'));
  const delta = await session.ask<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', uri, {
    previousResultId: full.resultId,
  });
  expect(delta.edits).toHaveLength(1);
  const unknown = await session.ask<SemanticTokens>('textDocument/semanticTokens/full/delta', uri, {
    previousResultId: 'of long ago',
  });
  expect(unknown.data).toHaveLength(6 * 5);
});
