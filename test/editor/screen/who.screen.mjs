import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

describe('tables of who may do what', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench({
      file: 'orders.key-policy.json',
      size: { width: 1600, height: 1000 },
      settings: { 'workbench.sideBar.location': 'right' },
    });
  });

  after(() => workbench?.close());

  /** The page inside VS Code's two frames around it. */
  const page = () => workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe[title]');
  const rows = () => page().locator('tbody tr');

  it('“Who can use this key?” lists everybody with the way in', async () => {
    // The palette offers it once the editor knows what the document is.
    await workbench.until('the document is served', () => workbench.lenses());
    await workbench.run('KMS Lens: Who can use this key?');
    await workbench.untilQuickPick('Who can use this key (1/1)');
    await workbench.press('Enter');
    await workbench.until('the table', () => rows().count());
    const text = (await rows().allInnerTexts()).join('\n');
    assert.match(text, /OrdersApi/);
    assert.match(text, /by name in the key policy: “Administer the key”/);
    await workbench.parkMouse();
    await workbench.screenshot('who');
  });

  it('it is there as text, with links', async () => {
    await page().getByRole('button', { name: 'Open as text' }).click();
    await workbench.untilShown('Who can use this key.kms-lens.txt');
    const text = await workbench.until('the table has text', () => workbench.editorText());
    // Lines are broken where the editor is narrow.
    assert.match(text, /by name in the key policy:\s+“Administer the key”/);
  });

  it('“What can this principal do?” lists the operations of one', async () => {
    await workbench.run('View: Close All Editors');
    await workbench.openFile('orders.key-policy.json');
    await workbench.run('KMS Lens: What can this principal do?');
    const { items } = await workbench.untilQuickPick('What can this principal do (1/2)');
    const first = items[0].label;
    assert.equal(first, 'arn:aws:iam::111122223333:role/AnyRole');
    await workbench.pick(first);
    await workbench.untilQuickPick('What can this principal do (2/2)');
    await workbench.press('Enter');
    await workbench.until('the view', async () =>
      (await page().locator('#title').innerText()).includes('What can role AnyRole of 111122223333 do'),
    );
    assert.equal(await workbench.page.locator('.editor-group-container').count(), 2, 'beside, where reports are');
    const text = await workbench.until('the table has text', async () => (await rows().allInnerTexts()).join('\n'));
    assert.match(text, /every operation on the key/);
    await workbench.parkMouse();
    await workbench.screenshots('what');
  });

  it('“Who can use this key?” follows an edit and keeps its filter', async () => {
    await workbench.run('View: Close All Editors');
    await workbench.openFile('orders.key-policy.json');
    await workbench.run('KMS Lens: Who can use this key?');
    await workbench.untilQuickPick('Who can use this key (1/1)');
    await workbench.press('Enter');
    await workbench.until('the table', () => rows().count());
    await page().getByRole('button', { name: '“Keep contractors out”' }).first().click();
    await workbench.untilShown('orders.key-policy.json');
    // The editor takes the focus when the statement is shown, so the filter comes after it, and the focus goes back.
    await page().getByRole('searchbox').fill('Orders');
    await workbench.until('the table is filtered', async () =>
      /^\d+ of \d+ rows$/.test(await page().getByRole('status').innerText()),
    );
    await workbench.page
      .locator('.editor-instance .monaco-editor')
      .first()
      .click({ position: { x: 300, y: 60 } });
    const lines = (await workbench.read('orders.key-policy.json')).split('\n');
    const line = lines.findIndex((each) => each.includes('role/OrdersApi'));
    await workbench.goto(line + 1, (lines[line] ?? '').indexOf('OrdersApi') + 1);
    await workbench.type('New');
    await workbench.until('the row has the new name', async () =>
      (await rows().allInnerTexts()).some((each) => each.includes('NewOrdersApi')),
    );
    assert.equal(await page().getByRole('searchbox').inputValue(), 'Orders');
  });
});
