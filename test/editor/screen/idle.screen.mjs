import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { serversIn } from '../host/processes.mjs';
import { folderWith } from './folder.mjs';
import { openWorkbench } from './workbench.mjs';

describe('seen from outside, the language server', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    const folder = await folderWith({
      'package.json': '{ "name": "orders", "scripts": { "start": "node ." } }\n',
      'settings.jsonc': '{ /* a comment */ "a": 1 }\n',
      'a.key-policy.json': '{ "Version": "2012-10-27", "Statement": [] }\n',
    });
    workbench = await openWorkbench({ folder, file: 'package.json' });
  });

  after(() => workbench?.close());

  it('is no process while ordinary JSON is open and edited', async () => {
    await workbench.goto(1, 2);
    await workbench.type(' "private": tru, ');
    await workbench.until('VS Code’s JSON service marks the mistake', () => workbench.squiggles());
    await workbench.openFile('settings.jsonc');
    assert.deepEqual(serversIn(workbench.profile.extensions), []);
  });

  it('is one process once a policy is open, and none when the window is closed', async () => {
    await workbench.openFile('a.key-policy.json');
    await workbench.until('the finding is marked', () => workbench.squiggles());
    assert.equal(serversIn(workbench.profile.extensions).length, 1);
    await workbench.page.goto('about:blank');
    await workbench.server.stop();
    await workbench.until('the server is gone', () => serversIn(workbench.profile.extensions).length === 0);
  });
});
