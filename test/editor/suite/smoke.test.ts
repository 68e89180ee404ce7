import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { extension } from './support.ts';

describe('the packaged extension', () => {
  it('is installed and can be activated', async () => {
    await extension().activate();
    assert.equal(extension().isActive, true);
    assert.equal(extension().packageJSON.isBuiltin, false);
  });

  it('brings every command that its manifest names', async () => {
    const { contributes } = extension().packageJSON;
    const known = new Set(await vscode.commands.getCommands(true));
    const named = contributes.commands.map(({ command }: { command: string }) => command);
    assert.notEqual(named.length, 0);
    assert.deepEqual(
      named.filter((command: string) => !known.has(command)),
      [],
    );
  });
});
