import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { root } from '../../../scripts/editor/paths.mjs';
import { openWorkbench } from './workbench.mjs';

describe('the workbench', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(() => workbench?.close());

  it('shows the files of the folder', async () => {
    const [name] = await readdir(workbench.folder);
    await workbench.until(`\`${name}\` is in the explorer`, async () =>
      (await workbench.viewRows(path.basename(workbench.folder))).some((row) => row.includes(name)),
    );
  });

  it('lists the packaged extension as installed', async () => {
    const { displayName } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    await workbench.openSideBar('Extensions');
    const rows = await workbench.until('extensions are listed', () => workbench.viewRows('Installed'));
    assert.ok(
      rows.some((row) => row.startsWith(displayName)),
      rows.join('\n'),
    );
  });
});
