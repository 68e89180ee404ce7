import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { closeAll, openFile, orders, ordersWithTypo, rangeOf, until } from './support.ts';

describe('reading a policy', () => {
  afterEach(closeAll);

  it('hovering tells what an action is', async () => {
    const document = await openFile('hover-action.key-policy.json', orders);
    const text = await hover(document, 'kms:GenerateDataKey');
    assert.match(text, /GenerateDataKey/);
    assert.ok(text.length > 100, text);
  });

  it('hovering tells what an element is', async () => {
    const document = await openFile('hover-element.key-policy.json', orders);
    assert.match(await hover(document, '"Principal"'), /Principal/);
    assert.match(await hover(document, '"Statement"'), /Statement/);
  });

  it('hovering over a finding shows the page of its rule', async () => {
    const document = await openFile('hover-finding.key-policy.json', ordersWithTypo);
    const text = await until('the page of the rule', async () => {
      const shown = await hover(document, 'Decypt');
      return shown.includes('action-unknown') ? shown : undefined;
    });
    assert.match(text, /AWS accepts actions that do not exist/);
  });

  it('the outline has every statement, once, with its elements', async () => {
    const document = await openFile('outline.key-policy.json', orders);
    const symbols = await until('the outline', async () => {
      const found = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
        'vscode.executeDocumentSymbolProvider',
        document.uri,
      );
      return found?.filter(({ name }) => name.includes('“'));
    });
    assert.deepEqual(
      symbols.map(({ name, range }) => [name, range.start.line + 1]),
      [
        ['Allow “Let IAM policies decide”', 4],
        ['Allow “Use the key for orders”', 11],
        ['Deny “Keep contractors out”', 19],
      ],
    );
    assert.deepEqual(
      symbols[1]?.children.map(({ name }) => name),
      ['Principal', 'Action', 'Resource', 'kms:EncryptionContext:service'],
    );
  });
});

/** What the extension says in a hover, as Markdown. */
async function hover(document: vscode.TextDocument, text: string): Promise<string> {
  const at = rangeOf(document, text).start.translate(0, 3);
  const hovers = await until(`a hover on ${text}`, () =>
    vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, at),
  );
  return hovers
    .flatMap(({ contents }) => contents)
    .map((part) => (typeof part === 'string' ? part : part.value))
    .join('\n');
}
