import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

const verdict = '26 ✓ allowed by “Encrypt and decrypt orders”';
const green = { dark: 'rgb(86, 211, 100)', light: 'rgb(26, 127, 55)' };

describe('“Simulate access…”', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench({ file: 'orders.key-policy.json' });
  });

  after(() => workbench?.close());

  it('leaves no trace when it is cancelled', async () => {
    await workbench.clickLens('26 Simulate access…');
    await workbench.untilQuickPick('Simulate access (1/4)');
    await workbench.press('Enter');
    await workbench.untilQuickPick('Simulate access (2/4)');
    await workbench.press('Escape');
    await workbench.quickInput().waitFor({ state: 'hidden' });
    assert.deepEqual(await workbench.decorations(), []);
    assert.deepEqual(await workbench.notifications(), []);
    assert.deepEqual(await workbench.tabs(), ['orders.key-policy.json']);
  });

  it('asks step by step, which the keyboard answers, and writes the verdict beside the statement', async () => {
    await workbench.clickLens('26 Simulate access…');
    const who = await workbench.untilQuickPick('Simulate access (1/4)');
    assert.equal(who.items[0].label, 'arn:aws:iam::111122223333:role/OrdersApi');
    await workbench.parkMouse();
    await workbench.screenshot('quick-pick-who');
    await workbench.type('OrdersApi');
    await workbench.until('the list is filtered', async () => (await workbench.quickPick()).items.length === 1);
    await workbench.press('Enter');
    const what = await workbench.untilQuickPick('Simulate access (2/4)');
    assert.deepEqual(
      what.items.slice(0, 2).map(({ label }) => label),
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    );
    await workbench.press('Enter');
    await workbench.untilQuickPick('Simulate access (3/4)');
    await workbench.press('Enter');
    const facts = await workbench.untilQuickPick('Simulate access (4/4)');
    assert.equal(facts.items[1].label, 'service: orders');
    await workbench.press('ArrowDown');
    await workbench.press('Enter');
    await workbench.until('the pair is sent', async () =>
      (await workbench.quickPick()).items[1].description.startsWith('sent with the request'),
    );
    await workbench.screenshot('quick-pick-facts');
    await workbench.press('Enter');
    const shown = await workbench.untilBeside(verdict);
    assert.equal(shown.color, green.dark);
    await workbench.useTheme('light');
    await workbench.until(
      'the colour for light',
      async () => (await workbench.untilBeside(verdict)).color === green.light,
    );
    await workbench.until('the lens says it as well', async () =>
      (await workbench.lenses()).includes('26 ✓ allowed: explain'),
    );
    await workbench.parkMouse();
    await workbench.screenshot('verdict');
  });

  it('says in a hover on the verdict what was asked and why', async () => {
    const { box } = await workbench.untilBeside(verdict);
    const text = await workbench.hoverOver(box, verdict);
    assert.match(text, /kms:Decrypt by role OrdersApi of 111122223333/);
    assert.match(text, /Open explanation · Run again$/);
    assert.doesNotMatch(text, /[\\`]|\]\(/);
    await workbench.screenshot('verdict-hover');
    await workbench.parkMouse();
  });

  it('opens the explanation with a click', async () => {
    await workbench.clickLens('26 ✓ allowed: explain');
    await workbench.untilShown('allowed Decrypt.kms-lens.txt');
    const text = await workbench.until('the explanation has text', () => workbench.editorText());
    assert.match(text, /^ALLOWED: kms:Decrypt\n/);
    assert.match(text, /✓ Allow “Encrypt and decrypt orders”/);
    await workbench.until('statements are links', () => workbench.editor.locator('.detected-link').count());
    await workbench.parkMouse();
    await workbench.screenshot('explanation');
  });

  it('forgets the verdict with the first edit, and runs again on request', async () => {
    await workbench.openFile('orders.key-policy.json');
    await workbench.untilBeside(verdict);
    await workbench.goto(1, 2);
    await workbench.press('Enter');
    await workbench.until('the verdict is gone', async () => (await workbench.decorations()).length === 0);
    await workbench.until('its lens is gone', async () =>
      (await workbench.lenses()).every((lens) => !lens.endsWith(': explain')),
    );
    await workbench.run('KMS Lens: Run the last simulation again');
    await workbench.untilBeside(verdict.replace('26', '27'));
    await workbench.press('Control+Z');
    await workbench.until('the verdict is gone again', async () => (await workbench.decorations()).length === 0);
  });

  it('offers the last question first', async () => {
    await workbench.clickLens('26 Simulate access…');
    const { items } = await workbench.untilQuickPick('Simulate access (1/4)');
    assert.match(items[0].label, /^Run again: kms:Decrypt by role OrdersApi/);
    await workbench.press('Enter');
    await workbench.untilBeside(verdict);
  });
});
