import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

describe('practice questions', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;
  const shot = (/** @type {string} */ name) => workbench.screenshot(`practice-${name}`);

  before(async () => {
    workbench = await openWorkbench({
      file: 'orders.key-policy.json',
      size: { width: 1500, height: 1000 },
      settings: { 'workbench.sideBar.location': 'right' },
    });
    await workbench.until('the extension is at work', () => workbench.lenses());
  });

  after(() => workbench?.close());

  /** Goes on to the question with this text, among those of a topic. */
  const turnTo = async (/** @type {string} */ topic, /** @type {RegExp} */ text) => {
    await page().getByLabel('Topic').selectOption({ label: topic });
    await page().locator('h1').click();
    await workbench.until(`${text}`, async () => {
      if (text.test(await page().locator('#text').innerText())) return true;
      await workbench.press('n');
      return false;
    });
  };

  const topics = () =>
    workbench.page.locator('.pane', { has: workbench.page.locator('.pane-header', { hasText: 'KMS topics' }) });
  const row = (/** @type {string} */ name) => topics().locator('.monaco-list-row', { hasText: name }).first();

  /** The page inside VS Code's two frames around it. */
  const page = () => workbench.page.frameLocator('iframe.webview.ready:visible').last().frameLocator('iframe[title]');
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
    await turnTo('Envelope encryption', /files of 10 MB/);
    await page().locator('#options input').first().focus();
    await workbench.press(await numberOf('with the file as Plaintext'));
    await workbench.press('Enter');
    await untilText('#verdict', /Not right: the answer is \d\./);
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
    await workbench.screenshots('practice-proof');
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
    await turnTo('Deletion by mistake', /still no program can decrypt/);
    await page().locator('#options input').first().focus();
    await workbench.press(await numberOf('EnableKey'));
    await workbench.press('Enter');
    await untilText('#today', /printed answer no longer holds/i);
    await shot('today');
    await page().getByRole('button', { name: 'Open the scenario' }).click();
    await workbench.until('the scenario', async () => (await workbench.editorText()).includes('"description"'));
    await shot('scenario');
    await workbench.run('KMS Lens: Practice questions');
    await turnTo('S3 throttled by KMS', /20,000 objects a second/);
    await untilText('#choose', /Choose two\./);
  });

  it('keep what was answered', async () => {
    await workbench.run('View: Close All Editors');
    await workbench.page.getByRole('button', { name: "Don't Save" }).click();
    await workbench.run('KMS Lens: Practice questions');
    await untilText('#progress', /2 of \d+ answered/);
    await page().getByRole('button', { name: 'Forget the answers' }).click();
    await workbench.page.getByRole('button', { name: 'Forget', exact: true }).click();
    await untilText('#progress', /none answered yet/);
  });

  it('are beside the topics in the Explorer, each of which is a page', async () => {
    await workbench.page.locator('.pane-header', { hasText: 'examples' }).click();
    await topics().locator('.pane-header').click();
    await row('4. Policies, grants').click();
    await row('How access is decided').click();
    await untilText('h1', /How access is decided/);
    await workbench.parkMouse();
    await shot('topic');
    await row('6. Envelopes').click();
    await row('Envelope encryption').click();
    await untilText('h1', /^Envelope encryption/);
    await page().getByRole('button', { name: 'Show me' }).first().click();
    await workbench.until('the steps', () => page().locator('.result li.pass').count());
    await workbench.parkMouse();
    await workbench.screenshots('practice-topic');
    await page().getByRole('button', { name: 'A file of 10 MB' }).click();
    await untilText('#text', /files of 10 MB/);
  });

  it('lead from a topic to a decision, layer by layer', async () => {
    await workbench.run('KMS Lens: Open a topic…');
    await workbench.untilQuickPick('Open a topic');
    await workbench.type('How access is decided');
    await workbench.pick('How access is decided');
    await untilText('h1', /How access is decided/);
    await page().getByRole('button', { name: 'Without the encryption context' }).click();
    await untilText('h1', /Decrypt: denied/);
    await untilText('#verdict', /✗ Denied/);
    await workbench.parkMouse();
    await shot('decision');
    await page().locator('h1').click();
    await workbench.press('n');
    await untilText('#verdict', /Not decided yet/);
    await workbench.press('n');
    await workbench.screenshots('practice-decision');
    await workbench.run('View: Close Editor');
  });

  it('go with tables that are made from what the simulator knows', async () => {
    await workbench.run('KMS Lens: Open a topic…');
    await workbench.untilQuickPick('Open a topic');
    await workbench.type('PendingImport states');
    await workbench.until('the table is found by a column of it', async () => {
      const { items } = await workbench.quickPick();
      return items.length === 1 && items[0]?.label === 'Key states and operations';
    });
    await shot('search');
    await workbench.press('Escape');
    for (const [title, text, name] of [
      ['Key specs, usages and algorithms', 'RSAES_OAEP_SHA_256', 'specs'],
      ['Where key material comes from', 'EXTERNAL_KEY_STORE', 'origins'],
      ['What rotates, and how', 'On demand', 'rotation'],
      ['Key states and operations', 'ScheduleKeyDeletion', 'states'],
      ['Request quotas by default', 'CryptographicOperationsSymmetric', 'quotas'],
    ]) {
      await workbench.run('KMS Lens: Open a topic…');
      await workbench.untilQuickPick('Open a topic');
      await workbench.type(title ?? '');
      await workbench.pick(title);
      await untilText('h1', new RegExp(title ?? ''));
      await workbench.until(`${text}`, async () =>
        (await page().locator('.wide table').innerText()).includes(text ?? ''),
      );
      await workbench.parkMouse();
      await shot(`table-${name}`);
      if (name !== 'rotation') continue;
      const said = page().locator('.said');
      await said.scrollIntoViewIfNeeded();
      assert.match(await said.innerText(), /knows only a yearly schedule[\s\S]*from 90 to 2,560 since 2024-04-12/);
      await shot('table-said');
    }
    await page().getByRole('searchbox').fill('RSA');
    await untilText('.tools .detail', /\d+ of \d+ rows/);
  });
});
