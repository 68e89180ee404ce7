import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { root } from '../../../scripts/editor/paths.mjs';
import { session } from './session.mjs';
import { openWorkbench } from './workbench.mjs';

describe('the packaged extension on the screen', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench({ file: 'orders.key-policy.json' });
  });

  after(() => workbench?.close());

  it('is installed, and VS Code has nothing to say against its manifest', async () => {
    const { displayName } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    await workbench.openSideBar('Extensions');
    const rows = await workbench.until('extensions are listed', () => workbench.viewRows('Installed'));
    assert.ok(
      rows.some((row) => row.startsWith(displayName)),
      rows.join('\n'),
    );
    const complaints = workbench.consoleLines.filter((line) => line.includes(`[${session().extensionId}]`));
    assert.deepEqual(complaints, []);
  });

  it('logs no error when a policy is opened and simulated', async () => {
    await workbench.run('KMS Lens: Show the log');
    const text = await workbench.until('the log is shown', async () =>
      workbench.page.locator('.output-view .view-lines').innerText(),
    );
    assert.doesNotMatch(text.replaceAll('\u00a0', ' '), /\[error\]|failed/i);
  });
});
