import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { after, before, describe, it } from 'mocha';
import { folderWith } from './folder.mjs';
import { openWorkbench } from './workbench.mjs';

describe('writing a policy from an empty file', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    const folder = await folderWith({ 'new.key-policy.json': '{\n}\n' });
    workbench = await openWorkbench({ folder, file: 'new.key-policy.json' });
    await workbench.goto(1, 2);
    await workbench.untilOffered('Version');
    await workbench.press('Control+A');
    await workbench.press('Delete');
  });

  after(() => workbench?.close());

  /**
   * Takes the offer of this name with the keyboard, once the list has settled with it in there. On a busy machine VS Code
   * drops answers that come while somebody types: who misses a name then asks for it.
   */
  async function take(label) {
    let misses = 0;
    const offered = await workbench.until(`\`${label}\` is offered`, async () => {
      const before = await workbench.completions();
      await sleep(400);
      const after = await workbench.completions();
      if (before.includes(label) && before.join() === after.join()) return after;
      if (++misses % 10 > 0) return undefined;
      // A list without suggestions is closed first: asked again, VS Code only shows more of it.
      await workbench.press('Escape');
      await workbench.press('Control+Space');
      return undefined;
    });
    assert.equal(offered.filter((each) => each === label).length, 1, offered.join(', '));
    const focused = workbench.page.locator('.suggest-widget.visible .monaco-list-row.focused .label-name');
    await workbench.until(`\`${label}\` is chosen`, async () => {
      if ((await focused.allInnerTexts())[0] === label) return true;
      await workbench.press('ArrowDown');
      return false;
    });
    await workbench.press('Enter');
  }

  it('the keyboard and the list of completions are enough', async () => {
    await workbench.type('{');
    await workbench.press('Enter');
    await workbench.type('"Ver');
    await take('Version');
    await nextMember();
    await workbench.type('"Sta');
    await take('Statement');
    await workbench.type('"Eff');
    await take('Effect');
    await workbench.until('the values are offered', async () => (await workbench.completions()).includes('Deny'));
    await workbench.screenshot('completion-values');
    await take('Allow');
    await nextMember();
    await workbench.type('"Prin');
    await take('Principal');
    await workbench.type('arn:aws:iam::111122223333:root');
    await workbench.press('Escape');
    await workbench.press('ArrowDown');
    await nextMember();
    await workbench.type('"Act');
    await take('Action');
    await workbench.type('kms:');
    await workbench.until('actions are offered', async () => (await workbench.completions()).includes('kms:Decrypt'));
    await workbench.screenshot('completion-actions');
    await take('kms:*');
    await workbench.press('ArrowDown');
    await nextMember();
    await workbench.type('"Res');
    await take('Resource');
  });

  it('what is written is a policy without findings', async () => {
    await workbench.press('Escape');
    assert.deepEqual(JSON.parse(await workbench.editorText()), {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::111122223333:root' },
          Action: ['kms:*'],
          Resource: '*',
        },
      ],
    });
    await workbench.until(
      'no finding is left',
      async () => (await workbench.page.locator('.squiggly-error, .squiggly-warning').count()) === 0,
    );
    await workbench.screenshot('written');
  });

  /** Goes on behind the value on this line. */
  async function nextMember() {
    await workbench.press('Escape');
    await workbench.press('End');
    await workbench.type(',');
    await workbench.press('Enter');
  }
});
