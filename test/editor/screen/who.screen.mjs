import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

for (const theme of /** @type {const} */ (['dark', 'light'])) {
  describe(`tables of who may do what, ${theme}`, () => {
    /** @type {import('./workbench.mjs').Workbench} */
    let workbench;

    before(async () => {
      workbench = await openWorkbench({
        file: 'orders.key-policy.json',
        theme,
        size: { width: 1600, height: 1000 },
        settings: { 'workbench.sideBar.location': 'right' },
      });
    });

    after(() => workbench?.close());

    it('“Who can use this key?” lists everybody with the way in', async () => {
      // The palette offers it once the editor knows what the document is.
      await workbench.until('the document is served', () => workbench.lenses());
      await workbench.run('KMS Lens: Who can use this key?');
      await workbench.untilQuickPick('Who can use this key (1/1)');
      await workbench.press('Enter');
      await workbench.untilShown('Who can use this key.kms-lens.txt');
      const text = await workbench.until('the table has text', () => workbench.editorText());
      assert.match(text, /OrdersApi/);
      assert.match(text, /by name in the key policy: “Administer the key”/);
      await workbench.parkMouse();
      await workbench.screenshot(`who-${theme}`);
    });

    it('“What can this principal do?” lists the operations of one', async () => {
      await workbench.openFile('orders.key-policy.json');
      await workbench.run('KMS Lens: What can this principal do?');
      const { items } = await workbench.untilQuickPick('What can this principal do (1/2)');
      const first = items[0].label;
      assert.equal(first, 'arn:aws:iam::111122223333:role/AnyRole');
      await workbench.pick(first);
      await workbench.untilQuickPick('What can this principal do (2/2)');
      await workbench.press('Enter');
      await workbench.untilShown('What can role AnyRole of 111122223333 do.kms-lens.txt');
      assert.equal(await workbench.page.locator('.editor-group-container').count(), 2, 'beside, where reports are');
      const text = await workbench.until('the table has text', () => workbench.editorText());
      assert.match(text, /every operation on the key/);
      await workbench.parkMouse();
      await workbench.screenshot(`what-${theme}`);
    });
  });
}
