import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

describe('reading a policy', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    workbench = await openWorkbench({ file: 'orders.key-policy.json' });
    await workbench.until('lenses are there', () => workbench.lenses());
  });

  after(() => workbench?.close());

  it('shows what an action is, as a person reads it', async () => {
    const text = await workbench.hover('kms:GenerateDataKey');
    assert.match(text, /^kms:GenerateDataKey · action\n/);
    assert.match(text, /Exam tip: .+/);
    assert.match(text, /AWS today: .+/);
    await assertRendered();
    await workbench.screenshots('hover-action');
  });

  it('shows what an element is', async () => {
    assert.match(await workbench.hover('"Principal"'), /^Principal · element of a statement\n/);
    await assertRendered();
    await workbench.screenshot('hover-element');
  });

  it('says in one sentence what a statement does', async () => {
    const text = await workbench.hover('"Encrypt and decrypt orders"');
    assert.match(
      text,
      /Allows the role OrdersApi of 111122223333 to .+, if the encryption context has service = orders\./,
    );
    await assertRendered();
    await workbench.screenshot('hover-statement');
  });

  it('lists the statements in the outline', async () => {
    await workbench.parkMouse();
    await workbench.page.locator('.pane-header', { hasText: 'Outline' }).click();
    await workbench.until('the outline is there', async () =>
      (await workbench.viewRows('Outline')).some((row) => row.startsWith('Allow “Let IAM policies decide”')),
    );
    await workbench.screenshot('outline');
  });

  /** Markdown that was not understood shows its marks. */
  async function assertRendered() {
    const hover = workbench.visibleHovers().first();
    assert.doesNotMatch(await hover.innerText(), /\*\*|`|\]\(|^#+ |^\|/m);
    assert.notEqual(await hover.locator('code').count(), 0);
  }
});
