import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type {
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  Hover,
  Location,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { LspSession } from '../../lsp-session.ts';

/** A workspace with policies, and a scenario in a folder of it. */
async function start(
  text: string,
): Promise<{ session: LspSession; uri: string; root: string; at: (part: string) => object }> {
  const folder = mkdtempSync(join(tmpdir(), 'kms-lens-scenario-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'tests', 'deep'), { recursive: true });
  mkdirSync(join(folder, 'node_modules'));
  const policy = '{ "Statement": [{ "Condition": { "StringEquals": { "kms:EncryptionContext:stage": "prod" } } }] }';
  for (const name of [
    'orders.key-policy.json',
    'tests/app.iam-policy.json',
    'tests/deep/b.key-policy.json',
    'k.json',
    'other.json',
    'node_modules/x.key-policy.json',
  ])
    writeFileSync(join(folder, name), policy);
  writeFileSync(join(folder, '.kms-lens.json'), '{ "documents": { "k.json": "key-policy" } }');
  const root = pathToFileURL(folder).href;
  const session = await LspSession.start({ workspaceFolders: [root] });
  const uri = `${root}/tests/a.kms-scenario.json`;
  await session.open(uri, text, 'kms-scenario');
  const at = (part: string): object => {
    const before = text.slice(0, text.indexOf(part) + part.length).split('\n');
    return { position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
  };
  return { session, uri, root, at };
}

test('going around over the protocol', async () => {
  const text = `{
  "principals": { "App": { "arn": "arn:aws:iam::111122223333:role/App" } },
  "keys": { "orders": { "policy": "../orders.key-policy.json" }, "lost": { "policy": "lost.key-policy.json" } },
  "steps": [{ "can": "Decrypt", "as": "App", "on": "orders" }]
}`;
  const { session, uri, root, at } = await start(text);
  expect(session.initialized.capabilities).toMatchObject({
    definitionProvider: true,
    referencesProvider: true,
    documentHighlightProvider: true,
    renameProvider: { prepareProvider: true },
  });
  const use = at('"as": "A');
  const range = (line: number, start: number, end: number): object => ({
    start: { line, character: start },
    end: { line, character: end },
  });
  expect(await session.ask<Location[]>('textDocument/definition', uri, use)).toEqual([
    { uri, range: range(1, 19, 22) },
  ]);
  expect(await session.ask<Location>('textDocument/definition', uri, at('../orders'))).toMatchObject({
    uri: `${root}/orders.key-policy.json`,
  });
  expect(await session.ask('textDocument/definition', uri, at('"lost.key'))).toBeNull();
  const context = { includeDeclaration: false };
  expect(await session.ask<Location[]>('textDocument/references', uri, { ...use, context })).toHaveLength(1);
  expect(
    (await session.ask<DocumentHighlight[]>('textDocument/documentHighlight', uri, use)).map(({ kind }) => kind),
  ).toEqual([3, 2]);
  expect(await session.ask('textDocument/documentHighlight', uri, at('{'))).toBeNull();
  expect(await session.ask('textDocument/prepareRename', uri, use)).toEqual({
    range: range(3, 39, 42),
    placeholder: 'App',
  });
  const edit = await session.ask<WorkspaceEdit>('textDocument/rename', uri, { ...use, newName: 'Api' });
  expect(edit.changes?.[uri]?.map(({ newText }) => newText)).toEqual(['Api', 'Api']);
  await expect(session.ask('textDocument/rename', uri, { ...use, newName: 'root' })).rejects.toThrow(
    '`root` stands for somebody by itself: choose another name',
  );
  expect((await session.ask<Hover>('textDocument/hover', uri, use)).contents).toMatchObject({ kind: 'markdown' });
  const links = await session.ask<DocumentLink[]>('textDocument/documentLink', uri);
  expect(links.map(({ target }) => target)).toEqual([
    `${root}/orders.key-policy.json`,
    `${root}/tests/lost.key-policy.json`,
  ]);
});

test('files and encryption contexts of the workspace are proposed', async () => {
  const text = `{
  "keys": { "k": { "policy": "" }, "orders": { "policy": "../orders.key-policy.json" } },
  "steps": [{ "can": "Decrypt", "encryptionContext": { "" } }]
}`;
  const { session, uri, at } = await start(text);
  const labels = async (part: string): Promise<readonly string[]> =>
    (await session.ask<CompletionList>('textDocument/completion', uri, at(part))).items.map(({ label }) => label);
  expect((await labels('"policy": "')).slice(0, 4)).toEqual([
    '../k.json',
    '../orders.key-policy.json',
    'deep/b.key-policy.json',
    'Policy',
  ]);
  expect((await labels('"encryptionContext": { "'))[0]).toBe('stage');
});
