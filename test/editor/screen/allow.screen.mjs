import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { folderWith } from './folder.mjs';
import { openWorkbench } from './workbench.mjs';

const account = '111122223333';
const app = `arn:aws:iam::${account}:role/App`;
const keyPolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Administration",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::${account}:role/Admin" },
      "Action": "kms:*",
      "Resource": "*"
    }
  ]
}
`;

describe('“Allow this…”', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    const folder = await folderWith({
      '.kms-lens.json': JSON.stringify({ account, principals: { [app]: { policies: [] } } }),
      'k.key-policy.json': keyPolicy,
    });
    workbench = await openWorkbench({ folder, file: 'k.key-policy.json', size: { width: 1400, height: 900 } });
  });

  after(() => workbench?.close());

  it('is offered beside a denial of a principal that .kms-lens.json lists', async () => {
    await workbench.clickLens('1 Simulate access…');
    const { items } = await workbench.untilQuickPick('Simulate access (1/3)');
    assert.deepEqual(
      items.map(({ label }) => label),
      [`arn:aws:iam::${account}:role/Admin`, app, `arn:aws:iam::${account}:role/AnyRole`],
    );
    await workbench.pick(app);
    for (const step of [2, 3]) {
      await workbench.untilQuickPick(`Simulate access (${step}/3)`);
      await workbench.press('Enter');
    }
    await workbench.until('the change is offered', async () =>
      (await workbench.lenses()).some((lens) => lens.endsWith('Allow this…')),
    );
  });

  it('shows the change before it is made', async () => {
    const lens = (await workbench.lenses()).find((each) => each.endsWith('Allow this…'));
    await workbench.clickLens(lens ?? '');
    const { items } = await workbench.untilQuickPick('Allow this in the key policy');
    assert.deepEqual(
      items.map(({ label }) => label),
      ['Apply the change', 'Leave everything as it is'],
    );
    const proposed = workbench.page.locator('.monaco-diff-editor .editor.modified');
    await workbench.until('the change is shown', async () => (await proposed.innerText()).includes('kms:Decrypt'));
    await workbench.parkMouse();
    await workbench.screenshot('allow-preview');
    assert.equal(await workbench.read('k.key-policy.json'), keyPolicy, 'nothing is changed yet');
  });

  it('makes the change and lets the request in', async () => {
    await workbench.press('Enter');
    await workbench.until('the diff is gone', async () => (await workbench.tabs()).length === 1);
    await workbench.until('the request is allowed', async () =>
      (await workbench.lenses()).some((lens) => lens.endsWith('✓ allowed: explain')),
    );
    const text = await workbench.editorText();
    assert.match(text, new RegExp(`"AWS": "${app}"`));
    assert.match(text, /"Action": "kms:Decrypt"/);
    await workbench.screenshot('allow-done');
  });
});
