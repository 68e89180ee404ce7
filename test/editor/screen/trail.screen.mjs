import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

describe('the CloudTrail of a run', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench({
      file: 'lifecycle.kms-scenario.json',
      size: { width: 1900, height: 1000 },
      settings: { 'workbench.sideBar.location': 'right' },
    });
  });

  after(() => workbench?.close());

  /** The page inside VS Code's two frames around it. */
  const page = () => workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe[title]');
  const events = () => page().locator('tbody tr.event');
  const count = () => page().locator('#count').innerText();

  it('is preceded by what each step came to, above it, beside it and in its hover', async () => {
    await workbench.until('the lenses', async () => (await workbench.lenses()).includes('2 Run all steps'));
    assert.ok(!(await workbench.lenses()).includes('2 CloudTrail of this run'));
    await workbench.clickLens('2 Run all steps');
    const lines = (await workbench.read('lifecycle.kms-scenario.json')).split('\n');
    await workbench.goto(lines.findIndex((each) => each.includes('the admin manages')) + 1);
    await workbench.until('the error at the end of its line', async () =>
      /} ?,? ?✓ AccessDeniedException/.test(await workbench.editorText()),
    );
    const hover = await workbench.hover('"RotateKeyOnDemand"');
    assert.match(hover, /ok/);
    assert.match(hover, /Response/);
    await workbench.screenshot('trail-steps');
    await workbench.press('Escape');
    await workbench.parkMouse();
    await workbench.goto(1);
  });

  it('opens from the lens that stands above a scenario which ran', async () => {
    await workbench.until('the lens', async () => (await workbench.lenses()).includes('2 CloudTrail of this run'));
    await workbench.clickLens('2 CloudTrail of this run');
    await workbench.until('the events', () => events().count());
    await workbench.parkMouse();
    await workbench.screenshot('trail');
  });

  it('is filtered by what somebody types and chooses', async () => {
    const all = Number.parseInt(await count(), 10);
    await page().getByRole('searchbox').fill('DisabledException');
    await workbench.until('one event', async () => /^1 of \d+ event/.test(await count()));
    await page().getByRole('searchbox').fill('');
    await page().getByLabel('Event').selectOption('Decrypt');
    await page().getByLabel('Errors only').check();
    await workbench.until('failed decryptions', async () => /^6 of/.test(await count()));
    const rows = await events().allInnerTexts();
    assert.ok(rows.every((row) => row.includes('Decrypt') && /Exception|AccessDenied/.test(row)));
    await workbench.parkMouse();
    await workbench.screenshots('trail-filtered');
    await page().getByRole('button', { name: 'Clear filters' }).click();
    await workbench.until('all', async () => Number.parseInt(await count(), 10) === all);
  });

  it('shows the JSON of an event, by keyboard, too', async () => {
    const first = page().getByRole('button', { name: 'CreateKey' }).first();
    await first.focus();
    await workbench.page.keyboard.press('ArrowDown');
    await workbench.page.keyboard.press('Enter');
    const json = page().getByLabel('CreateAlias as JSON');
    await workbench.until('the JSON', async () => (await json.innerText()).includes('"eventName": "CreateAlias"'));
    // The place among the events is kept.
    await workbench.page.keyboard.press('ArrowUp');
    await workbench.page.keyboard.press('Enter');
    await workbench.until('both', () => page().getByLabel('CreateKey as JSON').count());
    await workbench.parkMouse();
    await workbench.screenshot('trail-event');
  });

  it('leads to the step', async () => {
    await page().getByRole('button', { name: 'a year passes' }).first().click();
    const lines = (await workbench.read('lifecycle.kms-scenario.json')).split('\n');
    const line = lines.findIndex((each) => each.includes('a year passes')) + 1;
    await workbench.untilAtLine(line);
  });

  it('follows a run of another text', async () => {
    const lines = (await workbench.read('lifecycle.kms-scenario.json')).split('\n');
    const line = lines.findIndex((each) => each.includes('"a key is made"')) + 1;
    await workbench.goto(line, (lines[line - 1] ?? '').indexOf('a key is made') + 1);
    await workbench.type('once ');
    await workbench.until('the run is an old one', () => page().locator('#old').isVisible());
    await workbench.run('KMS Lens: Run the scenarios of this file');
    await workbench.until('the new run', async () =>
      (await events().first().innerText()).includes('once a key is made'),
    );
    assert.equal(await page().locator('#old').isVisible(), false);
  });

  it('is there as JSON in the shape of log files', async () => {
    await page().getByRole('button', { name: 'Open as JSON' }).click();
    await workbench.until('the text', async () => /"Records": \[/.test(await workbench.editorText()));
    await workbench.parkMouse();
    await workbench.screenshot('trail-json');
    assert.deepEqual(await workbench.problems(), []);
  });
});
