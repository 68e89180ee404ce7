import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

const FILE = 'local-kms.kms-scenario.json';
const admin = { id: 'AKIAKMSLENSADMIN', secret: 'kms-lens-admin-secret' };
const app = { id: 'AKIAKMSLENSAPP', secret: 'kms-lens-app-secret' };
const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
const input = { KeyId: 'alias/orders', KeySpec: 'AES_256' };

describe('local KMS', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;
  /** @type {number} */
  let port;
  /** @type {import('node:net').Server} */
  let other;

  before(async () => {
    // Another program has the port of the setting.
    other = createServer();
    await new Promise((resolve) => other.listen(0, '127.0.0.1', () => resolve(undefined)));
    port = /** @type {import('node:net').AddressInfo} */ (other.address()).port;
    workbench = await openWorkbench({
      file: FILE,
      size: { width: 1900, height: 1050 },
      settings: { 'workbench.sideBar.location': 'right', 'kms-lens.localKms.port': port },
    });
  });

  after(async () => {
    other?.close();
    await workbench?.close();
  });

  /** The page on the screen, inside VS Code's two frames around it. */
  const page = () => workbench.page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe[title]');
  const rows = () => page().locator('tbody tr.event');
  const item = () => workbench.page.locator('.statusbar-item[id$="kms-lens.localKms"]');
  const url = () => `http://127.0.0.1:${port}`;

  it('does not take the port of another program, and offers to take another', async () => {
    await workbench.until('the lens', async () => (await workbench.lenses()).includes('1 Start local KMS'));
    await workbench.clickLens('1 Start local KMS');
    await workbench.until('the message', async () =>
      (await workbench.notifications()).some((each) => each.includes(`port ${port} is taken`)),
    );
    await workbench.until('the item', async () => (await item().innerText()).includes('KMS failed'));
    await workbench.screenshot('local-kms-taken');
    await new Promise((resolve) => other.close(resolve));
    await workbench.pressNotificationButton('Use another port');
    await workbench.until('it runs', async () => /Running on/.test(await page().locator('#state').innerText()));
    const found = /127\.0\.0\.1:(\d+)/.exec(await page().locator('#state').innerText());
    port = Number(found?.[1]);
    await workbench.until('the item', async () => (await item().innerText()).includes(`127.0.0.1:${port}`));
    await workbench.parkMouse();
    await workbench.screenshot('local-kms-started');
  });

  it('shows requests as they come', async () => {
    await call(url(), 'CreateKey', admin, { Description: 'made by a test' });
    await call(url(), 'GenerateDataKey', app, { ...input, EncryptionContext: { service: 'orders' } });
    assert.equal(await call(url(), 'GenerateDataKey', app, input), 400);
    assert.equal(await call(url(), 'ScheduleKeyDeletion', app, { KeyId: KEY }), 400);
    assert.equal(await call(url(), 'ListKeys', { ...app, secret: 'kms-lens-guessed' }, {}), 400);
    await workbench.until('the requests', async () => (await rows().count()) === 5);
    const texts = await rows().allInnerTexts();
    // The newest comes first.
    assert.match(texts[0] ?? '', /ListKeys[\s\S]*InvalidSignatureException/);
    assert.match(texts[2] ?? '', /GenerateDataKey[\s\S]*App[\s\S]*alias\/orders[\s\S]*AccessDeniedException[\s\S]*why/);
    assert.match(texts[4] ?? '', /CreateKey[\s\S]*Admin[\s\S]*ok/);
    await workbench.until('the item counts', async () => (await item().innerText()).includes('5 calls, 2 denied'));
    assert.match((await item().getAttribute('aria-label')) ?? '', /Local KMS running on .*, 5 calls, 2 denied/);
  });

  it('filters them, and pauses', async () => {
    await page().getByLabel('Result').selectOption('denied');
    await workbench.until('the denied', async () => (await rows().count()) === 2);
    await page().getByRole('searchbox').fill('scheduleKey');
    await workbench.until('one', async () => (await rows().count()) === 1);
    await page().getByRole('searchbox').fill('');
    await page().getByLabel('Result').selectOption('');
    await page().getByRole('button', { name: 'Pause' }).click();
    await call(url(), 'ListKeys', admin, {});
    await page().getByRole('button', { name: 'Go on (1 new)' }).waitFor();
    assert.equal(await rows().count(), 5);
    await page().getByRole('button', { name: 'Go on (1 new)' }).click();
    await workbench.until('it goes on', async () => (await rows().count()) === 6);
  });

  it('shows what CloudTrail recorded, by keyboard, too', async () => {
    await page().getByRole('button', { name: 'ListKeys' }).first().focus();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    const json = page().getByLabel('GenerateDataKey as JSON');
    await workbench.until('the JSON', async () => (await json.innerText()).includes('"errorCode": "AccessDenied"'));
    await workbench.parkMouse();
    await workbench.screenshots('local-kms');
  });

  it('leads from a denied call to the statement', async () => {
    await page().getByRole('button', { name: 'Why was GenerateDataKey refused?' }).click();
    await workbench.until(
      'the decision',
      async () => (await page().locator('#verdict-title').innerText()) === '✗ Denied',
    );
    await workbench.parkMouse();
    await workbench.screenshots('local-kms-why');
    await page().getByRole('button', { name: 'Let the app use the key for orders' }).click();
    const lines = (await workbench.read(FILE)).split('\n');
    const line = lines.findIndex((each) => each.includes('"Let the app use the key for orders"'));
    await workbench.untilAtLine(line);
  });

  it('tells the same as text', async () => {
    await workbench.run('KMS Lens: Show local KMS');
    await page().getByRole('button', { name: 'Why, as text' }).click();
    await workbench.until('the report', async () => /DENIED: kms:GenerateDataKey/.test(await workbench.editorText()));
    await workbench.parkMouse();
    await workbench.screenshots('local-kms-text');
  });

  it('moves its clock, and what is due happens', async () => {
    await workbench.run('KMS Lens: Show local KMS');
    await call(url(), 'ScheduleKeyDeletion', admin, {
      KeyId: KEY,
      PendingWindowInDays: 7,
    });
    await page().getByRole('button', { name: 'Move the clock by 7 days' }).click();
    await page().getByRole('button', { name: 'Move the clock by 1 day' }).click();
    await workbench.until('the key is deleted', async () =>
      /DeleteKey[\s\S]*AWS KMS itself/.test(await rows().first().innerText()),
    );
    await workbench.until('the clock', async () => /8 days ahead/.test(await page().locator('#clock').innerText()));
    await workbench.parkMouse();
    await workbench.screenshot('local-kms-clock');
  });

  it('says that the scenario was changed, and refuses one with mistakes', async () => {
    await page().getByRole('button', { name: FILE }).click();
    await workbench.untilShown(FILE);
    const lines = (await workbench.read(FILE)).split('\n');
    const line = lines.findIndex((each) => each.includes('"region"')) + 1;
    await workbench.goto(line, 3);
    await workbench.type('"keyz": 1, ');
    await workbench.until('it is old', () => page().locator('#old').isVisible());
    await page().getByRole('button', { name: 'Restart' }).click();
    await workbench.until('the message', async () =>
      (await workbench.notifications()).some((each) => /has a mistake.*keyz/.test(each)),
    );
    await workbench.screenshot('local-kms-refused');
    // What ran goes on.
    assert.match(await page().locator('#state').innerText(), /Running on/);
    await workbench.pressNotificationButton('Go to the mistake');
    await workbench.untilAtLine(line);
  });

  it('offers all else in the status bar, and ends', async () => {
    await item().click();
    await workbench.page.mouse.move(5, 5);
    await workbench.until('the menu', async () => (await workbench.quickPick()).title === 'Local KMS');
    await workbench.screenshot('local-kms-menu');
    await workbench.pick('Stop');
    await workbench.until('it has ended', async () => (await item().innerText()).includes('KMS stopped'));
    await assert.rejects(call(url(), 'ListKeys', admin, {}), /ECONNREFUSED/);
    await workbench.until('the page says so', async () =>
      (await page().locator('#state').innerText()).startsWith('Not running'),
    );
    await workbench.screenshot('local-kms-stopped');
  });

  it('asks with what to start where no scenario is open, and starts with nothing', async () => {
    await workbench.run('KMS Lens: Show local KMS');
    // The focus goes into it, and would close what is opened meanwhile.
    await page().locator('h1').click();
    await workbench.run('KMS Lens: Start local KMS');
    await workbench.until('the choice', async () => (await workbench.quickPick()).title === 'Start local KMS');
    const labels = (await workbench.quickPick()).items.map(({ label }) => label);
    assert.equal(labels[0], 'An empty account');
    assert.match(labels[1] ?? '', /\.kms-scenario\.json$/);
    await workbench.screenshot('local-kms-choice');
    await workbench.pick('An empty account');
    await workbench.until('it runs', async () =>
      /Running on .* with an empty account/.test(await page().locator('#state').innerText()),
    );
    const found = /127\.0\.0\.1:(\d+)/.exec(await page().locator('#state').innerText());
    port = Number(found?.[1]);
    assert.equal(await call(url(), 'CreateKey', { id: 'AKIDEXAMPLE', secret: 'kms-lens-nobody' }, {}), 200);
    await workbench.until('who called', async () => /:root \(fallback\)/.test(await rows().first().innerText()));
    await workbench.screenshot('local-kms-empty');
  });
});

const sha256 = (data) => createHash('sha256').update(data).digest('hex');
const hmac = (key, data) => createHmac('sha256', key).update(data).digest();

/**
 * Calls as an SDK does, signed by what AWS documents; the status.
 *
 * @returns {Promise<number | undefined>}
 */
function call(url, operation, { id, secret }, members) {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const scope = `${date.slice(0, 8)}/eu-central-1/kms/aws4_request`;
  const body = JSON.stringify(members);
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    host: new URL(url).host,
    'x-amz-date': date,
    'x-amz-target': `TrentService.${operation}`,
  };
  const names = Object.keys(headers);
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('');
  const canonical = `POST\n/\n\n${lines}\n${names.join(';')}\n${sha256(body)}`;
  const toSign = `AWS4-HMAC-SHA256\n${date}\n${scope}\n${sha256(canonical)}`;
  const signature = createHmac('sha256', scope.split('/').reduce(hmac, `AWS4${secret}`))
    .update(toSign)
    .digest('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: 'POST', headers: { ...headers, authorization }, agent: false }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('in a folder that nobody trusts', () => {
  it('policies are checked, and the local KMS does not run', async () => {
    const workbench = await openWorkbench({ file: FILE, isTrusted: false });
    try {
      await workbench.until('the lens', async () => (await workbench.lenses()).includes('1 Start local KMS'));
      await workbench.clickLens('1 Start local KMS');
      const said = 'the local KMS does not run in a workspace that is not trusted';
      await workbench.until('the message', async () =>
        (await workbench.notifications()).some((each) => each.includes(said)),
      );
      await workbench.screenshot('local-kms-untrusted');
      await workbench.pressNotificationButton('Manage trust');
      await workbench.until('the page of VS Code', () =>
        workbench.page.getByText('You are in Restricted Mode').first().isVisible(),
      );
      assert.equal(await workbench.page.locator('.statusbar-item[id$="kms-lens.localKms"]').count(), 0);
    } finally {
      await workbench.close();
    }
  });
});
