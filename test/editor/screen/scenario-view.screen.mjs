import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

describe('who can use a key of a scenario', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench({
      file: 'orders.kms-scenario.json',
      size: { width: 1700, height: 1000 },
      settings: { 'workbench.sideBar.location': 'right' },
    });
  });

  after(() => workbench?.close());

  /** The page inside VS Code's two frames around it. */
  const page = () => workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe[title]');
  const rows = () => page().locator('tbody tr');
  const rowOf = (name) => rows().filter({ has: page().locator('th[scope=row]', { hasText: name }) });

  it('is a table of principals with the way in', async () => {
    // The palette offers it once the editor knows what the document is.
    await workbench.until('the document is served', () => workbench.lenses());
    await workbench.run('KMS Lens: Who can use this key?');
    await workbench.until('the table', () => rows().count());
    assert.match(await rowOf('Worker').first().innerText(), /by the grant orders-worker/);
    assert.match(await rowOf('Contractor').first().innerText(), /denied/);
    await workbench.parkMouse();
    await workbench.screenshots('scenario-who');
  });

  it('is sorted by a click on a column, up and down', async () => {
    const first = async () => (await rows().first().locator('th').innerText()).split('\n')[0];
    const header = page().getByRole('button', { name: 'Principal' });
    await header.click();
    assert.equal(await first(), 'Admin');
    await header.click();
    assert.notEqual(await first(), 'Admin');
    assert.equal(await page().locator('th[aria-sort="descending"]').count(), 1);
  });

  it('is filtered by what somebody types', async () => {
    await page().getByRole('searchbox').fill('backup');
    assert.match(await page().getByRole('status').innerText(), /^\d of \d+ rows$/);
    await page().getByRole('searchbox').fill('');
  });

  it('is there as text, for screen readers and for others', async () => {
    await page().getByRole('button', { name: 'Open as text' }).click();
    await workbench.until('the text', async () => /Who can use orders/.test(await workbench.editorText()));
    await workbench.run('View: Revert and Close Editor');
  });

  it('leads to the statement', async () => {
    await page().getByRole('button', { name: '“Keep contractors out”' }).first().click();
    await workbench.untilShown('orders.key-policy.json');
    await workbench.until('the statement is shown', async () =>
      (await workbench.statusBar()).some((item) => item.startsWith('Ln 56,')),
    );
  });

  it('follows an edit of the policy', async () => {
    const lines = (await workbench.read('orders.key-policy.json')).split('\n');
    const line = lines.findIndex((each) => each.includes('role/OrdersApi'));
    await workbench.goto(line + 1, (lines[line] ?? '').indexOf('OrdersApi') + 1);
    await workbench.type('New');
    await workbench.until('nobody of that name has a way in by name', async () => {
      const texts = await rows().allInnerTexts();
      return texts.some((text) => text.includes('NewOrdersApi'));
    });
  });
});
