import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

describe('for a newcomer', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench({ size: { width: 1500, height: 900 } });
  });

  after(() => workbench?.close());

  it('there is a walkthrough, whose steps lead to what they speak of', async () => {
    await workbench.run('Welcome: Open Walkthrough...');
    await workbench.pick('Get started with KMS Lens');
    const steps = workbench.page.locator('.getting-started-step');
    await workbench.until('six steps', async () => (await steps.count()) === 6);
    const media = workbench.page.frameLocator('iframe.webview.ready').last().frameLocator('iframe[title]');
    await media.getByText('the policy of a KMS key').waitFor();
    await workbench.screenshots('walkthrough');
    await workbench.page.getByRole('button', { name: 'Open an example' }).first().click();
    await workbench.page.keyboard.press('Escape');
    await workbench.until('the example', async () =>
      (await workbench.editorText()).includes('Let IAM policies decide'),
    );
  });

  it('the status bar says what checks the file, and as what', async () => {
    await workbench.page.locator('#status\\.languageStatus').click();
    const hover = workbench.page.locator('.hover-language-status').first();
    await hover.waitFor();
    const text = await workbench.until('the status', async () =>
      (await workbench.page.locator('.workbench-hover').allInnerTexts()).join('\n'),
    );
    assert.match(text, /KMS Lens checks this file/);
    assert.match(text, /KMS key policy/);
    await workbench.screenshot('status');
    await workbench.press('Escape');
  });
});
