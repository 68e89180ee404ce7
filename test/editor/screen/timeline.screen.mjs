import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

describe('the timeline of a run', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench({
      file: 'lifecycle.kms-scenario.json',
      size: { width: 1900, height: 1000 },
      settings: { 'workbench.sideBar.location': 'right', 'workbench.sideBar.visible': false },
    });
  });

  after(() => workbench?.close());

  /** The page inside VS Code's two frames around it. */
  const page = () => workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe[title]');
  const marks = () => page().locator('button.mark');
  const details = () => page().locator('#details').innerText();
  const focused = () => page().locator('button.mark:focus');
  const press = async (/** @type {string[]} */ ...keys) => {
    for (const each of keys) await workbench.page.keyboard.press(each);
  };

  it('opens from the lens that stands above a scenario which ran', async () => {
    await workbench.until('the lenses', async () => (await workbench.lenses()).includes('2 Run all steps'));
    assert.ok(!(await workbench.lenses()).includes('2 Timeline of this run'));
    await workbench.clickLens('2 Run all steps');
    await workbench.until('the lens', async () => (await workbench.lenses()).includes('2 Timeline of this run'));
    await workbench.clickLens('2 Timeline of this run');
    await workbench.until('the marks', () => marks().count());
    assert.deepEqual(await page().locator('.name .key').allInnerTexts(), ['$made', '$next', 'No key']);
    assert.match(await page().locator('#count').innerText(), /^33 marks, 2026-11-01 09:00:00 to 2028-10-31 09:00:00/);
    await workbench.parkMouse();
    await workbench.screenshot('timeline');
  });

  it('is read by keyboard alone, mark by mark and key by key', async () => {
    await marks().first().focus();
    await press('ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
    await workbench.until('the error', async () => /Decrypt: AccessDenied/.test(await details()));
    await workbench.screenshots('timeline-error');
    await press('ArrowRight', 'ArrowRight');
    assert.match(
      (await focused().getAttribute('aria-label')) ?? '',
      /^\$made: Rotated automatically, 2027-04-30 09:00:00; rotation from every 180 days, .*; step 7, a year passes$/,
    );
    await workbench.screenshot('timeline-rotation');
    await press('ArrowDown');
    assert.match((await focused().getAttribute('aria-label')) ?? '', /^\$next: Key made by Admin/);
    await press('End', 'ArrowDown', 'Home');
    assert.match((await focused().getAttribute('aria-label')) ?? '', /^No key: DescribeKey: NotFoundException/);
    await press('ArrowUp', 'ArrowUp', 'End');
    await workbench.screenshot('timeline-end');
    assert.match(await details(), /Deleted[\s\S]*PendingDeletion\s+gone[\s\S]*Go to step 27/);
  });

  it('can be drawn by time, with a number where marks are close together', async () => {
    await page().getByLabel('By time').check();
    await marks().first().focus();
    assert.match(await focused().innerText(), /^6$/);
    assert.match(await details(), /6 marks at this place[\s\S]*Key made[\s\S]*InvalidCiphertextException/);
    await workbench.parkMouse();
    await workbench.screenshot('timeline-by-time');
  });

  it('shows some kinds of marks, or one key', async () => {
    for (const kind of ['Calls', 'Errors', 'Aliases'])
      await page()
        .getByRole('button', { name: new RegExp(`^${kind}`) })
        .click();
    await page().locator('#key').selectOption('$made');
    await workbench.until('fewer marks', async () => /^12 of 33/.test(await page().locator('#count').innerText()));
    await page().getByLabel('One moment after another').check();
    await workbench.parkMouse();
    await workbench.screenshot('timeline-filtered');
  });

  it('leads to the step', async () => {
    await page().getByRole('button', { name: 'Rotated automatically' }).first().click();
    await page().getByRole('button', { name: 'Go to step 7: a year passes' }).click();
    const lines = (await workbench.read('lifecycle.kms-scenario.json')).split('\n');
    const line = lines.findIndex((each) => each.includes('a year passes')) + 1;
    await workbench.untilAtLine(line);
  });

  it('follows a run of another text', async () => {
    const lines = (await workbench.read('lifecycle.kms-scenario.json')).split('\n');
    const line = lines.findIndex((each) => each.includes('a year passes')) + 1;
    await workbench.goto(line, (lines[line - 1] ?? '').indexOf('a year passes') + 1);
    await workbench.type('half of ');
    await workbench.until('the run is an old one', () => page().locator('#old').isVisible());
    await workbench.run('KMS Lens: Run the scenarios of this file');
    await workbench.until('the new run', async () => /half of a year passes/.test(await details()));
    assert.equal(await page().locator('#old').isVisible(), false);
  });

  it('is there as text, too', async () => {
    await page().getByRole('button', { name: 'Open as text' }).click();
    await workbench.until('the text', async () =>
      /\$made {3}Enabled from 2026-11-01 09:00:00/.test(await workbench.editorText()),
    );
    await workbench.parkMouse();
    await workbench.screenshot('timeline-text');
    assert.deepEqual(await workbench.problems(), []);
  });
});

describe('the timeline without a run', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench({
      file: 'quotas.kms-scenario.json',
      size: { width: 1500, height: 900 },
      settings: { 'workbench.sideBar.visible': false },
    });
  });

  after(() => workbench?.close());

  for (const [theme, name, kind] of /** @type {const} */ ([
    ['high contrast', 'quotas', 'throttling'],
    ['high contrast light', 'imported-key', 'material'],
  ])) {
    it(`tells kinds by signs and states by patterns, in ${theme}`, async () => {
      await workbench.useTheme(theme);
      const page = () => workbench.page.frameLocator('iframe.webview.ready:visible').frameLocator('iframe[title]');
      await workbench.openFile(`${name}.kms-scenario.json`);
      await workbench.until('the lenses', async () =>
        (await workbench.lenses()).some((each) => each.endsWith(' Run all steps')),
      );
      await workbench.run('KMS Lens: Show the timeline of a scenario');
      await workbench.until('its marks', () => page().locator(`button.mark.${kind}`).count());
      await workbench.run('View: Close Editors in Other Groups');
      const signs = await page().locator('button.chip .sign').allInnerTexts();
      assert.equal(new Set(signs).size, signs.length);
      await page().locator(`button.mark.${kind}`).nth(1).focus();
      await page().locator(`article.${kind}`).waitFor();
      await workbench.parkMouse();
      await workbench.screenshot(`timeline-${name}`);
      assert.deepEqual(await workbench.problems(), []);
    });
  }
});
