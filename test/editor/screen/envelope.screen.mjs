import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

describe('“Envelope round trip”', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench({
      file: 'orders.key-policy.json',
      size: { width: 1900, height: 1100 },
      settings: { 'workbench.sideBar.location': 'right', 'workbench.sideBar.visible': false },
    });
  });

  after(() => workbench?.close());

  /** The page inside VS Code's two frames around it. */
  const page = () => workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe[title]');
  const outcome = () => page().locator('#outcome').innerText();
  const settled = (/** @type {RegExp} */ wanted) =>
    workbench.until(String(wanted), async () => wanted.test(await outcome()));

  it('asks only what the policy leaves open, and draws every step with real values', async () => {
    await workbench.clickLens('26 Envelope round trip');
    const { items } = await workbench.untilQuickPick('Envelope round trip (1/1)');
    assert.equal(items[0].label, '111122223333');
    await workbench.press('Enter');
    await settled(/53 bytes went in, and the same came back/);
    assert.equal(await page().locator('#flow > li.ok').count(), 9);
    assert.equal(await page().locator('#context').inputValue(), 'service=orders');
    await workbench.parkMouse();
    await workbench.screenshot('envelope');
  });

  it('shows where and why it stops when one thing is changed', async () => {
    await page().getByLabel('A flipped bit in the header').check();
    await settled(/✗ Stopped at step 7: Check the header/);
    assert.match(await page().locator('#lesson').innerText(), /One bit at byte \d+ of the stored message is flipped/);
    assert.equal(await page().locator('#flow > li.skipped').count(), 2);
    await workbench.parkMouse();
    await workbench.screenshot('envelope-changed');
  });

  it('has the message beside its bytes, with the flipped one marked', async () => {
    await page().locator('#message').scrollIntoViewIfNeeded();
    await page().locator('#fields').focus();
    assert.equal(await page().locator('.byte.flipped').count(), 1);
    assert.match(await page().locator('#field').innerText(), /frame length.*One bit of it was flipped/);
    await workbench.screenshots('envelope-bytes');
    await page().locator('#fields').press('Home');
    assert.match(await page().locator('#field').innerText(), /^version: /);
  });

  it('goes step by step, by keyboard alone', async () => {
    await page().locator('#next').focus();
    await page().locator('#next').press('Enter');
    await page().locator('#next').press('Enter');
    assert.match(await page().locator('li[aria-current=step]').innerText(), /2\. Derive the encryption key/);
    await page().locator('[data-step="1"]').press('ArrowUp');
    await workbench.until('the first step', async () =>
      page()
        .locator('[data-step="0"]')
        .evaluate((head) => head === head.ownerDocument.activeElement),
    );
    await workbench.screenshot('envelope-step');
  });

  it('runs with another payload, and each change stops somewhere else', async () => {
    await page().getByLabel('Payload').selectOption('random');
    await page().getByLabel('How many random bytes').selectOption('4097');
    await settled(/Stopped at step 7/);
    const stops = /** @type {[string, RegExp][]} */ ([
      ['Another encryption context', /step 6.*decrypt the data key/],
      ['A flipped bit in the ciphertext', /step 8: Decrypt the payload/],
      ['The KMS key is disabled', /step 6/],
      ['4,097 bytes to Encrypt', /step 1: Send the payload to KMS/],
      ['An attacker with the stored message', /step 6/],
      ['Nothing: as it should be', /4,097 bytes went in/],
    ]);
    for (const [label, stop] of stops) {
      await page().getByLabel(label).check();
      await settled(stop);
      if (label.startsWith('4,097') || label.startsWith('An attacker'))
        await workbench.screenshot(`envelope-${label.startsWith('4') ? 'direct' : 'attacker'}`);
    }
  });

  it('is there as text, too', async () => {
    await page().getByRole('button', { name: 'Open as text' }).click();
    await workbench.untilShown('Envelope round trip.kms-lens.txt');
    const text = await workbench.until('the report has text', () => workbench.editorText());
    assert.match(text, /✓ 1\. Ask KMS for a data key/);
    await workbench.screenshot('envelope-text');
  });
});
