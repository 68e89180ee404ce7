import assert from 'node:assert/strict';
import { after, describe, it } from 'mocha';
import * as vscode from 'vscode';
import type { AccessView } from '../../../server/protocol.ts';
import {
  closeAll,
  edit,
  findings,
  openFile,
  orders,
  ordersWithTypo,
  ruleOf,
  run,
  until,
  writeFile,
} from './support.ts';

const setting = () => vscode.workspace.getConfiguration('kms-lens.workspaceDiagnostics');

/** What is shown of a file, open or not. */
const shown = (uri: vscode.Uri): string[] =>
  vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'KMS Lens')
    .map(ruleOf);

describe('the workspace', () => {
  after(async () => {
    await setting().update('enabled', undefined, vscode.ConfigurationTarget.Workspace);
    await closeAll();
  });

  it('shows findings in files that are not open, once, while that is switched on', async () => {
    const uri = await writeFile('unopened/stored.key-policy.json', ordersWithTypo);
    await openFile('unopened-other.key-policy.json', orders);
    assert.deepEqual(shown(uri), []);
    await setting().update('enabled', true, vscode.ConfigurationTarget.Workspace);
    await until('the finding of the stored text', () => shown(uri));
    // As a person does: what an extension opens stays open for minutes.
    await vscode.commands.executeCommand('vscode.open', uri);
    const document = await until('the editor', () => {
      const shownOne = vscode.window.activeTextEditor?.document;
      return shownOne?.uri.toString() === uri.toString() ? shownOne : undefined;
    });
    await until('one finding, of the open text', () => findings(document).length === 1);
    await edit(document, '"kms:Decypt"', '"kms:Decrypt"');
    await until('it is gone', () => shown(uri).length === 0);
    await closeAll();
    assert.deepEqual(await until('that of the stored text is back', () => shown(uri)), ['action-unknown']);
    await vscode.workspace.fs.delete(uri);
    await until('it goes with the file', () => shown(uri).length === 0);
    await setting().update('enabled', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('shows them while an extension holds a file open without a tab', async () => {
    const uri = await writeFile('held/stored.key-policy.json', ordersWithTypo);
    const other = await openFile('held-other.key-policy.json', orders);
    await setting().update('enabled', true, vscode.ConfigurationTarget.Workspace);
    await until('the finding of the stored text', () => shown(uri));
    const held = await vscode.workspace.openTextDocument(uri);
    await untilServed(held);
    await stillShown(uri);
    await vscode.window.showTextDocument(held);
    await until('one finding, of the open text', () => shown(uri).length === 1);
    await closeAll();
    assert.equal(held.isClosed, false);
    await vscode.window.showTextDocument(other);
    await stillShown(uri);
    await vscode.workspace.fs.delete(uri);
    await setting().update('enabled', undefined, vscode.ConfigurationTarget.Workspace);
  });

  it('“Who can use this key?” over a policy is a view', async () => {
    const document = await openFile('who.key-policy.json', orders);
    const uri = document.uri.toString();
    const view = await run<AccessView>('whoCanUse', { uri, keyAccount: '111122223333', open: true });
    assert.equal(view.title, 'Who can use this key: who.key-policy.json');
    assert.ok(view.rows.some(({ subject }) => subject === 'role OrdersApi of 111122223333'));
    const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until('its tab', () => labels().includes(view.title));
  });
});

/** The library sends what is open without a tab as soon as anybody asks the server something. */
async function untilServed(document: vscode.TextDocument): Promise<void> {
  await until('it is served', () =>
    vscode.commands.executeCommand<unknown[]>('vscode.executeCodeLensProvider', document.uri),
  );
}

/** What comes and goes with the events of tabs and pulls does so within this time. */
async function stillShown(uri: vscode.Uri): Promise<void> {
  for (let round = 0; round < 10; round++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    if (round > 2) assert.deepEqual(shown(uri), ['action-unknown']);
  }
}
