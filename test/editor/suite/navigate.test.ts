import assert from 'node:assert/strict';
import { afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, openFile, orders, ordersApi, rangeOf, until, writeFile } from './support.ts';

const stored = 'navigate-stored.key-policy.json';
const scenario = 'navigate.kms-scenario.json';
const open = 'navigate-open.key-policy.json';

describe('going around in the workspace', () => {
  before(async () => {
    await writeFile(stored, orders);
    await writeFile(
      scenario,
      `{ "principals": { "Orders": { "arn": "${ordersApi}" } }, "steps": [{ "can": "Decrypt", "as": "Orders", "on": "nowhere" }] }`,
    );
  });
  afterEach(closeAll);

  it('the definition of a principal is where a scenario declares it', async () => {
    const document = await openFile(open, orders);
    const found = await until('the definition', () =>
      vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        rangeOf(document, 'OrdersApi').start,
      ),
    );
    const uris = found.map((each) => nameOf('uri' in each ? each.uri : each.targetUri));
    assert.ok(uris.includes(scenario), uris.join());
  });

  it('references are found in files that nobody opened, and marked in the open one', async () => {
    const document = await openFile(open, orders);
    const at = rangeOf(document, 'OrdersApi').start;
    const found = await until('the references', () =>
      vscode.commands.executeCommand<vscode.Location[]>('vscode.executeReferenceProvider', document.uri, at),
    );
    const names = found.map(({ uri }) => nameOf(uri));
    for (const name of [open, stored, scenario]) assert.ok(names.includes(name), names.join());
    const highlights = await vscode.commands.executeCommand<vscode.DocumentHighlight[]>(
      'vscode.executeDocumentHighlights',
      document.uri,
      at,
    );
    assert.deepEqual(
      highlights.map(({ range }) => document.getText(range)),
      [ordersApi],
    );
  });

  it('renaming a role changes its name in every file', async () => {
    const document = await openFile(open, orders);
    const at = rangeOf(document, 'OrdersApi').start.translate(0, 3);
    const edit = await until('the rename', () =>
      vscode.commands.executeCommand<vscode.WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        at,
        'OrdersWeb',
      ),
    );
    const changed = edit.entries().map(([uri, edits]) => [nameOf(uri), edits.map(({ newText }) => newText)] as const);
    for (const name of [open, stored, scenario])
      assert.deepEqual(changed.find(([each]) => each === name)?.[1], ['OrdersWeb'], name);
    await assert.rejects(
      async () => vscode.commands.executeCommand('vscode.executeDocumentRenameProvider', document.uri, at, 'no name'),
      /no name that AWS takes here/,
    );
  });

  it('symbols of the workspace have principals and steps by parts of their names', async () => {
    const found = await until('the symbols', () =>
      vscode.commands.executeCommand<vscode.SymbolInformation[]>('vscode.executeWorkspaceSymbolProvider', 'decorders'),
    );
    assert.ok(
      found.some(({ name, location }) => name.includes('Decrypt as Orders') && nameOf(location.uri) === scenario),
      found.map(({ name }) => name).join(),
    );
  });

  it('the call hierarchy of a principal has the statements that name it', async () => {
    const document = await openFile(open, orders);
    const [item] = await until('the hierarchy', () =>
      vscode.commands.executeCommand<vscode.CallHierarchyItem[]>(
        'vscode.prepareCallHierarchy',
        document.uri,
        rangeOf(document, 'OrdersApi').start,
      ),
    );
    assert.equal(item?.name, ordersApi);
    const calls = await vscode.commands.executeCommand<vscode.CallHierarchyIncomingCall[]>(
      'vscode.provideIncomingCalls',
      item,
    );
    const names = calls.map(({ from }) => `${from.name} ${nameOf(from.uri)}`);
    assert.ok(names.includes(`Allow “Use the key for orders” ${open}`), names.join());
    assert.ok(names.includes(`Decrypt as Orders on nowhere ${scenario}`), names.join());
  });

  it('what strings hold has colours', async () => {
    const document = await openFile(open, orders);
    const { legend, tokens } = await until('the colours', async () => {
      const [given, found] = await Promise.all([
        vscode.commands.executeCommand<vscode.SemanticTokensLegend>(
          'vscode.provideDocumentSemanticTokensLegend',
          document.uri,
        ),
        vscode.commands.executeCommand<vscode.SemanticTokens>('vscode.provideDocumentSemanticTokens', document.uri),
      ]);
      return given && found && found.data.length > 0 ? { legend: given, tokens: found } : undefined;
    });
    const words = wordsOf(document, legend, tokens);
    for (const word of [
      'Allow keyword',
      'GenerateDataKey method',
      'StringLike operator',
      'OrdersApi class',
      '* regexp',
    ])
      assert.ok(words.includes(word), `${word} in ${words.join()}`);
  });
});

const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

function wordsOf(
  document: vscode.TextDocument,
  { tokenTypes }: vscode.SemanticTokensLegend,
  { data }: vscode.SemanticTokens,
): string[] {
  const words: string[] = [];
  let line = 0;
  let character = 0;
  for (let at = 0; at < data.length; at += 5) {
    const [lines = 0, characters = 0, length = 0, type = 0] = data.slice(at, at + 4);
    character = lines === 0 ? character + characters : characters;
    line += lines;
    words.push(`${document.getText(new vscode.Range(line, character, line, character + length))} ${tokenTypes[type]}`);
  }
  return words;
}
