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
    await workbench.until('eight steps', async () => (await steps.count()) === 8);
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

  /** The page of a webview that has this; the walkthrough keeps its own in the background. */
  const pageWith = (/** @type {string} */ selector, /** @type {string} */ hasText) =>
    workbench.until(`a page with “${hasText}”`, async () => {
      for (const frame of workbench.page.frames()) {
        const found = frame.locator(selector, { hasText }).first();
        if (await found.isVisible().catch(() => false)) return frame;
      }
      return undefined;
    });

  /** Comes back to the walkthrough, unfolds the step and waits until it shows some text beside. */
  const unfold = async (/** @type {string} */ title, /** @type {string} */ text) => {
    await workbench.run('View: Close All Editors');
    await workbench.run('Welcome: Open Walkthrough...');
    await workbench.pick('Get started with KMS Lens');
    await step(title).click();
    await pageWith('p', text);
  };
  const step = (/** @type {string} */ title) =>
    workbench.page.locator('.getting-started-step', { has: workbench.page.getByRole('heading', { name: title }) });
  const press = (/** @type {string} */ name) => workbench.page.getByRole('button', { name, exact: true }).click();
  const isDone = async (/** @type {string} */ title) =>
    (await step(title).locator('[data-done-step-id]').getAttribute('aria-checked')) === 'true';
  /** Whether the step counts as done, seen from the walkthrough. */
  const untilDone = async (/** @type {string} */ title, /** @type {string} */ text) => {
    await unfold(title, text);
    await workbench.until(`“${title}” is done`, () => isDone(title));
    await workbench.parkMouse();
  };

  it('a step is done when a hover was read, which leads to its topic', async () => {
    const texts = /** @type {const} */ (['Read a hover', 'says the whole statement']);
    await discard();
    await unfold(...texts);
    assert.equal(await isDone('Read a hover'), false);
    await press('Show one');
    const text = await workbench.until('the hover', async () => {
      const shown = await workbench.hoverText();
      return /Exam tip: What rotates by itself/.test(shown) && shown;
    });
    assert.match(text, /AWS today/);
    await workbench.screenshot('walkthrough-hover-shown');
    await workbench.page.locator('.monaco-hover a:visible', { hasText: 'More: What rotates' }).click();
    await pageWith('h1', 'What rotates by itself');
    await discard();
    await untilDone(...texts);
    await workbench.screenshots('walkthrough-hover');
  });

  it('another when a proof was run', async () => {
    const texts = /** @type {const} */ (['Run a proof', 'prints what came of each step']);
    await unfold(...texts);
    assert.equal(await isDone('Run a proof'), false);
    await press('Open a topic');
    const topic = await pageWith('h1', 'Envelope encryption');
    await topic.getByRole('button', { name: 'Show me' }).first().click();
    await workbench.until('the steps', () => topic.locator('.result li.pass').count());
    await untilDone(...texts);
    await workbench.screenshots('walkthrough-proof');
  });

  it('the last when a question was answered', async () => {
    const texts = /** @type {const} */ (['Answer a question', 'Every option gets its reason']);
    await unfold(...texts);
    assert.equal(await isDone('Answer a question'), false);
    await press('Practice questions');
    const questions = await pageWith('h1', 'Practice questions');
    await questions.locator('#options input').first().focus();
    // The first question may want two answers.
    for (const key of ['1', '2', 'Enter']) await workbench.press(key);
    await workbench.until('the verdict', async () => /ight/.test(await questions.locator('#verdict').innerText()));
    await untilDone(...texts);
    await workbench.screenshots('walkthrough-question');
  });

  /** Closes all, also what was not saved. */
  async function discard() {
    await workbench.run('View: Close All Editors');
    const dontSave = workbench.page.getByRole('button', { name: "Don't Save" });
    await workbench.until('nothing is open', async () => {
      if (await dontSave.isVisible()) await dontSave.click();
      return (await workbench.tabs()).length === 0;
    });
  }
});
