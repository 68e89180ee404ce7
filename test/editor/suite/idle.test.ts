import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { serversIn } from '../host/processes.mjs';
import { closeAll, edit, extension, openFile, openUntitled, orders, othersFindings, until } from './support.ts';

// The server is not stopped once it runs, so index.ts loads this file first.
describe('the language server', () => {
  afterEach(closeAll);

  it('does not run while ordinary JSON is open', async () => {
    const { isServerRunning } = await extension().activate();
    const document = await openFile('ordinary.json', '{ "name": "orders", "scripts": { "start": "node ." }, }');
    await until('the JSON service reports the comma', () => othersFindings(document));
    // The JSON service answers half a second after an edit, later than the extension looks at what was edited.
    await edit(document, ' }, }', ' } }');
    await until('the JSON service is content', () => othersFindings(document).length === 0);
    await openFile('other.iam.json', policyOf('s3:GetObject'));
    await openUntitled('jsonc', '// "kms:Decrypt" is only mentioned here\n{ "name": 1, }');
    await openUntitled('plaintext', orders);
    const last = await openUntitled('json', '{ "Statement": [, }');
    await until('the JSON service reports the last document', () => othersFindings(last));
    assert.equal(isServerRunning(), false);
    assert.deepEqual(serversIn(extension().extensionPath), []);
  });

  it('starts, once, when a policy with kms actions comes', async () => {
    const { isServerRunning } = await extension().activate();
    assert.equal(isServerRunning(), false);
    const document = await openFile('becomes-policy.json', policyOf('s3:GetObject'));
    await edit(document, 's3:GetObject', 'kms:Decrypt');
    await until('the server runs', isServerRunning);
    await openFile('second.key-policy.json', orders);
    await until('the second document is served', async () =>
      vscode.commands.executeCommand<unknown[]>(
        'vscode.executeCodeLensProvider',
        vscode.window.activeTextEditor?.document.uri,
      ),
    );
    assert.equal(serversIn(extension().extensionPath).length, 1);
  });
});

function policyOf(action: string): string {
  const statement = { Effect: 'Allow', Action: action, Resource: '*' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, null, 2);
}
