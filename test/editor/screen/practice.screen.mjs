import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

for (const theme of /** @type {const} */ (['dark', 'light', 'high contrast'])) {
  describe(`practice questions, ${theme}`, () => {
    /** @type {import('./workbench.mjs').Workbench} */
    let workbench;
    const shot = (/** @type {string} */ name) => workbench.screenshot(`practice-${name}-${theme.replace(' ', '-')}`);

    before(async () => {
      workbench = await openWorkbench({
        theme,
        size: { width: 1500, height: 1000 },
        settings: { 'workbench.sideBar.location': 'right' },
      });
    });

    after(() => workbench?.close());

    /** The page inside VS Code's two frames around it. */
    const page = () => workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe[title]');
    const option = (/** @type {string | RegExp} */ text) => page().locator('.option', { hasText: text });
    const numberOf = async (/** @type {string | RegExp} */ text) => option(text).locator('kbd').first().innerText();
    const progress = () => page().locator('#progress').innerText();
    const untilText = (/** @type {string} */ selector, /** @type {RegExp} */ text) =>
      workbench.until(`${text}`, async () => text.test(await page().locator(selector).innerText()));

    it('are a command away, and begin with the first one', async () => {
      await workbench.run('KMS Lens: Practice questions');
      await untilText('#about', /^Question 1 of \d+/);
      assert.match(await progress(), /none answered yet/);
      await shot('question');
    });

    it('are answered by keyboard alone, and every option gets its reason', async () => {
      await page().getByLabel('Topic').selectOption({ label: 'Envelope encryption' });
      await untilText('#text', /files of 10 MB/);
      await page().locator('#options input').first().focus();
      await workbench.press(await numberOf('with the file as Plaintext'));
      await workbench.press('Enter');
      await untilText('#verdict', /Not right: \d is\./);
      assert.equal(await page().locator('.why').count(), 4);
      assert.match(await option('to encrypt the file with the data key').innerText(), /✓ Right/);
      assert.match(await option('with the file as Plaintext').innerText(), /✗ Wrong, your choice/);
      await workbench.until('the answer counts', async () => /1 missed/.test(await progress()));
      await shot('missed');
    });

    it('show the proof of the answer', async () => {
      await page().getByRole('button', { name: 'Show me' }).click();
      await workbench.until('the steps', () => page().locator('#proof li.pass').count());
      assert.equal(await page().locator('#proof li.fail, #proof li.error').count(), 0);
      await page().locator('#proof').scrollIntoViewIfNeeded();
      await shot('proof');
    });

    it('ask again what was missed', async () => {
      await page().getByRole('button', { name: 'Clear filters' }).click();
      await page().getByLabel('Missed only').check();
      await page().locator('h1').click();
      await workbench.press('n');
      await untilText('#text', /files of 10 MB/);
      await workbench.press(await numberOf('to encrypt the file with the data key'));
      await workbench.press('Enter');
      await untilText('#verdict', /✓ Right/);
      await workbench.until('it is missed no longer', async () => /1 right, 0 missed/.test(await progress()));
      await workbench.press('n');
      await workbench.until('nothing is left', () => page().locator('#none').isVisible());
      await page().getByRole('button', { name: 'Clear filters' }).click();
    });

    it('say where the printed answer no longer holds, and ask for two where two are right', async () => {
      await page().getByLabel('Topic').selectOption({ label: 'Deletion by mistake' });
      await untilText('#text', /still no program can decrypt/);
      await page().locator('#options input').first().focus();
      await workbench.press(await numberOf('EnableKey'));
      await workbench.press('Enter');
      await untilText('#today', /printed answer no longer holds/i);
      await shot('today');
      await page().getByRole('button', { name: 'Open the scenario' }).click();
      await workbench.until('the scenario', async () => (await workbench.editorText()).includes('two years'));
      await shot('scenario');
      await workbench.run('KMS Lens: Practice questions');
      await page().getByLabel('Topic').selectOption({ label: 'S3 throttled by KMS' });
      await untilText('#choose', /Choose two\./);
    });

    it('keep what was answered', async () => {
      await workbench.run('View: Close All Editors');
      await workbench.run('KMS Lens: Practice questions');
      await untilText('#progress', /2 of \d+ answered/);
      await page().getByRole('button', { name: 'Forget the answers' }).click();
      await workbench.page.getByRole('button', { name: 'Forget', exact: true }).click();
      await untilText('#progress', /none answered yet/);
    });
  });
}
