import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ClientCapabilities, CodeAction, SnippetTextEdit, TextDocumentEdit } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { folderWith, keyPolicy } from '../cli/folder.ts';
import { kmsLens } from '../cli/run.ts';
import { LspSession, modernClient } from './lsp-session.ts';

const bad = keyPolicy('kms:Decypt');
const REASON = 'say why this is accepted';
const everywhere = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

type WorkspaceEditSupport = NonNullable<ClientCapabilities['workspace']>['workspaceEdit'];

/** A session in a workspace with these files; `name` is open. */
async function opened(
  files: Readonly<Record<string, string>>,
  name: string,
  more: { readonly languageId?: string; readonly edits?: WorkspaceEditSupport } = {},
) {
  const folder = folderWith(files);
  const uriOf = (file: string): string => pathToFileURL(`${folder}/${file}`).href;
  const session = await LspSession.start({
    capabilities: {
      ...modernClient,
      workspace: {
        ...modernClient.workspace,
        workspaceFolders: true,
        ...(more.edits ? { workspaceEdit: more.edits } : {}),
      },
    },
    workspaceFolders: [pathToFileURL(folder).href],
  });
  const uri = uriOf(name);
  const text = files[name] ?? '';
  await session.open(uri, text, more.languageId ?? 'json');
  const actions = (only: readonly string[] = ['quickfix.suppress']) => session.codeActions(uri, everywhere, only);
  const titled = async (title: string | RegExp): Promise<CodeAction> => {
    const all = await actions();
    const found = all.find((action) => (typeof title === 'string' ? action.title === title : title.test(action.title)));
    if (!found) throw new Error(`there is no ${title}: ${all.map((action) => action.title).join(', ')}`);
    return found;
  };
  return { folder, session, uri, uriOf, text, actions, titled };
}

/** Makes the changes of plain clients in the files, as they do. */
function apply({ edit }: CodeAction): void {
  for (const [uri, edits] of Object.entries(edit?.changes ?? {})) {
    const file = fileURLToPath(uri);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    writeFileSync(file, TextDocument.applyEdits(TextDocument.create(uri, 'json', 1, text), edits));
  }
}

describe('where comments are allowed, “suppress here” writes one', () => {
  test.each<[string, string]>([
    ['indented as the line is', bad],
    ['with tabs', bad.replaceAll('  ', '\t')],
    ['with the line ends of Windows', bad.replaceAll('\n', '\r\n')],
    ['above a text on one line', JSON.stringify(JSON.parse(bad))],
    ['behind a byte order mark', `\uFEFF${JSON.stringify(JSON.parse(bad))}`],
    [
      'beside another comment',
      bad.replace('"kms:Decypt"', '// kms-lens-disable-next-line sid-empty -- x\n"kms:Decypt"'),
    ],
  ])('%s', async (_, text) => {
    const { session, uri, titled } = await opened({ 'a.jsonc': text }, 'a.jsonc');
    const action = await titled('Suppress `action-unknown` here');
    expect(action).toMatchObject({ kind: 'quickfix.suppress.kms-lens', diagnostics: [{ code: 'action-unknown' }] });
    const [edit, ...others] = action.edit?.changes?.[uri] ?? [];
    expect(others).toEqual([]);
    const end = text.includes('\r\n') ? '\r\n' : '\n';
    expect(edit?.newText).toMatch(
      /^\s*\/\/ kms-lens-disable-next-line action-unknown -- say why this is accepted\r?\n$/,
    );
    expect(edit?.newText.endsWith(`accepted${end}`)).toBe(true);
    const indent = /([ \t]*)"kms:Decypt/.exec(text)?.[1] ?? '';
    if (text === bad) expect(edit?.newText.startsWith(`${indent}//`)).toBe(true);
    const changed = TextDocument.applyEdits(TextDocument.create(uri, 'jsonc', 1, text), edit ? [edit] : []);
    await session.change(uri, changed);
    expect((await session.diagnostics(uri)).map(({ code }) => code)).not.toContain('action-unknown');
  });

  test('with its reason to fill in, where the client can let somebody do that', async () => {
    const { titled } = await opened({ 'a.json': bad }, 'a.json', {
      languageId: 'jsonc',
      edits: { documentChanges: true, snippetEditSupport: true },
    });
    const { edit } = await titled('Suppress `action-unknown` here');
    const [change] = (edit?.documentChanges ?? []) as TextDocumentEdit[];
    const [{ snippet }] = (change?.edits ?? []) as SnippetTextEdit[] as [SnippetTextEdit];
    expect(snippet.value).toContain(`action-unknown -- \${1:${REASON}}\n`);
  });

  test('in a scenario', async () => {
    const text = '{\n  "account": "111122223333",\n  "account": "444455556666"\n}\n';
    const { session, uri, titled } = await opened({ 'a.kms-scenario.json': text }, 'a.kms-scenario.json');
    const { edit } = await titled('Suppress `json-duplicate-key` here');
    await session.change(
      uri,
      TextDocument.applyEdits(TextDocument.create(uri, 'json', 1, text), edit?.changes?.[uri] ?? []),
    );
    expect(await session.diagnostics(uri)).toEqual([]);
  });

  test('and an entry in the configuration where the line begins inside of one', async () => {
    const text = bad.replace('"kms:Decypt"', '/* a\n comment */ "kms:Decypt"');
    const { titled } = await opened({ 'a.jsonc': text }, 'a.jsonc');
    expect((await titled(/^Suppress/)).title).toBe(
      'Suppress `action-unknown` in the statement “Use the key”, in .kms-lens.json',
    );
  });

  test('and nothing about suppressions that are themselves in vain', async () => {
    const text = `// kms-lens-disable sid-empty\n${keyPolicy('kms:Decrypt')}`;
    const { actions } = await opened({ 'a.jsonc': text }, 'a.jsonc');
    expect((await actions()).map(({ title }) => title)).toEqual(['Turn `suppression-unused` off in .kms-lens.json']);
  });
});

describe('elsewhere it adds an entry to the nearest configuration', () => {
  const name = 'p/a.key-policy.json';
  const title = 'Suppress `action-unknown` in the statement “Use the key”, in .kms-lens.json';

  /** The findings of the command line and of the server, once the changes are on disk. */
  async function left(folder: string, session: LspSession, uri: string): Promise<unknown> {
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(`${folder}/.kms-lens.json`).href, type: 2 }],
    });
    const codes = (await session.diagnostics(uri)).map(({ code }) => code);
    const { stdout } = await kmsLens(['check', '--format', 'json'], { cwd: folder });
    const found: { diagnostics: { rule: string }[] }[] = JSON.parse(stdout).files;
    expect(found.flatMap(({ diagnostics }) => diagnostics.map(({ rule }) => rule))).toEqual(codes);
    return codes;
  }

  test('by path and Sid, and leaves the rest of the file as it is', async () => {
    const config =
      '{\n    // ours\n    "suppress": [\n        { "rule": "sid-empty", "path": "x/**" }, // old\n    ],\n    "rules": { "suppression-unused": "off" }\n}\n';
    const { folder, session, uri, titled } = await opened({ '.kms-lens.json': config, [name]: bad }, name);
    apply(await titled(title));
    const entry = `{ "rule": "action-unknown", "path": "${name}", "sid": "Use the key", "reason": "${REASON}" }`;
    const result = readFileSync(`${folder}/.kms-lens.json`, 'utf8');
    expect(result).toBe(config.replace('// old\n', `// old\n        ${entry},\n`));
    expect(await left(folder, session, uri)).toEqual([]);
  });

  test('by path alone where there is no statement or no Sid', async () => {
    const text = bad.replace('"Sid": "Use the key",', '');
    const { folder, session, uri, titled } = await opened({ 'p/.kms-lens.json': '', [name]: text }, name);
    apply(await titled('Suppress `action-unknown` in this file, in .kms-lens.json'));
    const written = JSON.parse(readFileSync(`${folder}/p/.kms-lens.json`, 'utf8'));
    expect(written).toEqual({ suppress: [{ rule: 'action-unknown', path: 'a.key-policy.json', reason: REASON }] });
    expect(await left(folder, session, uri)).toEqual([]);
  });

  test('once for all findings that it covers', async () => {
    const { actions } = await opened({ [name]: keyPolicy('kms:Decypt', 'kms:Encypt') }, name);
    const found = (await actions()).map((action) => [action.title, action.diagnostics?.length]);
    expect(found).toEqual([
      [title, 2],
      ['Turn `action-unknown` off in .kms-lens.json', 2],
    ]);
  });

  test('of a file that the client is told to create at the top of the workspace', async () => {
    const { uriOf, titled } = await opened({ [name]: bad }, name, {
      edits: { documentChanges: true, resourceOperations: ['create'] },
    });
    const { edit } = await titled(title);
    const uri = uriOf('.kms-lens.json');
    expect(edit?.changes).toBeUndefined();
    expect(edit?.documentChanges).toEqual([
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      {
        textDocument: { uri, version: null },
        edits: [{ range: expect.anything(), newText: expect.stringContaining('"suppress": [\n') }],
      },
    ]);
  });

  test.each<[string, WorkspaceEditSupport]>([
    ['knows no such edits', undefined],
    ['knows edits of versions only', { documentChanges: true }],
    ['creates files but has no place to say so', { resourceOperations: ['create'] }],
  ])('of a file that a client begins by itself, where it %s', async (_, edits) => {
    const { folder, session, uri, uriOf, titled } = await opened({ [name]: bad }, name, edits ? { edits } : {});
    const action = await titled(title);
    expect(Object.keys(action.edit?.changes ?? {})).toEqual([uriOf('.kms-lens.json')]);
    apply(action);
    expect(await left(folder, session, uri)).toEqual([]);
  });

  test('as the file is edited now, which may be more than is stored', async () => {
    const { session, uriOf, titled } = await opened({ '.kms-lens.json': '{}', [name]: bad }, name);
    const config = uriOf('.kms-lens.json');
    await session.open(config, '{\n  "account": "111122223333"\n}\n', 'jsonc');
    const { edit } = await titled(title);
    const text = TextDocument.create(config, 'jsonc', 1, '{\n  "account": "111122223333"\n}\n');
    const result = JSON.parse(TextDocument.applyEdits(text, edit?.changes?.[config] ?? []));
    expect(Object.keys(result)).toEqual(['account', 'suppress']);
  });

  test('and offers nothing where that file cannot be understood, or where the document lies in no folder', async () => {
    const { session, actions } = await opened({ '.kms-lens.json': '{ "rules": ', [name]: bad }, name);
    expect(await actions()).toEqual([]);
    await session.open('untitled:Untitled-1', bad, 'kms-key-policy');
    expect((await session.codeActions('untitled:Untitled-1', everywhere, ['quickfix.suppress'])).length).toBe(0);
  });
});

describe('“turn off”', () => {
  test('writes the severity of the rule and comes last', async () => {
    const config = '{ "rules": { "sid-empty": "error" } }';
    const { folder, session, uri, actions } = await opened(
      { '.kms-lens.json': config, 'a.key-policy.json': bad },
      'a.key-policy.json',
    );
    const all = await actions(['quickfix']);
    expect(all.map(({ title }) => title)).toEqual([
      'Change to `kms:Decrypt`',
      'Suppress `action-unknown` in the statement “Use the key”, in .kms-lens.json',
      'Turn `action-unknown` off in .kms-lens.json',
    ]);
    expect(all.map(({ isPreferred }) => isPreferred)).toEqual([true, undefined, undefined]);
    const off = all.at(-1);
    if (off) apply(off);
    expect(readFileSync(`${folder}/.kms-lens.json`, 'utf8')).toBe(
      '{ "rules": { "sid-empty": "error", "action-unknown": "off" } }',
    );
    await session.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: pathToFileURL(`${folder}/.kms-lens.json`).href, type: 2 }],
    });
    expect(await session.diagnostics(uri)).toEqual([]);
    expect(await actions(['quickfix'])).toEqual([]);
  });

  test('is there for a document that has no place yet, in a workspace of one folder', async () => {
    const { session, uriOf } = await opened({ 'a.key-policy.json': bad }, 'a.key-policy.json');
    await session.open('untitled:Untitled-1', bad, 'kms-key-policy');
    const actions = await session.codeActions('untitled:Untitled-1', everywhere, ['quickfix.suppress']);
    expect(actions.map(({ title }) => title)).toEqual(['Turn `action-unknown` off in .kms-lens.json']);
    expect(Object.keys(actions[0]?.edit?.changes ?? {})).toEqual([uriOf('.kms-lens.json')]);
  });

  test('is not among all fixes at once', async () => {
    const { actions } = await opened({ 'a.key-policy.json': bad }, 'a.key-policy.json');
    const all = await actions(['source.fixAll']);
    expect(all.map(({ kind }) => kind)).toEqual(['source.fixAll.kms-lens']);
  });
});
