import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

for (const theme of /** @type {const} */ (['dark', 'light'])) {
  describe(`“Envelope round trip”, ${theme}`, () => {
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

    it('asks only what the policy leaves open, and shows every step in a report', async () => {
      await workbench.clickLens('26 Envelope round trip');
      const { items } = await workbench.untilQuickPick('Envelope round trip (1/1)');
      assert.equal(items[0].label, '111122223333');
      await workbench.press('Enter');
      await workbench.untilShown('Envelope round trip.kms-lens.txt');
      const text = await workbench.until('the report has text', () => workbench.editorText());
      assert.match(text, /✓ 1\. Ask KMS for a data key/);
      assert.match(text, /service = orders/);
      await workbench.parkMouse();
      await workbench.screenshot(`envelope-${theme}`);
    });

    it('shows at the end what the same round trip is stopped by', async () => {
      await workbench.press('Control+End');
      const text = await workbench.until('the end is shown', async () => {
        const shown = await workbench.editorText();
        return shown.includes('lesson') && shown;
      });
      assert.match(text, /✗ /);
      assert.match(text, /stops at/);
      await workbench.screenshot(`envelope-end-${theme}`);
    });
  });
}
