import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';

describe('the extension host', () => {
  it('has the packaged extension installed and can activate it', async () => {
    const id = process.env['KMS_LENS_TEST_EXTENSION'] ?? '';
    const extension = vscode.extensions.getExtension(id);
    assert.ok(extension, `the extension ${id} is not installed`);
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('opens the workspace folder', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder, 'no folder is open');
    const entries = await vscode.workspace.fs.readDirectory(folder.uri);
    assert.notEqual(entries.length, 0, 'the folder is empty');
  });
});
