import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { openWorkbench } from './workbench.mjs';

describe('scenarios in the Test Explorer', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    // No document of ours is open: that there are scenarios is reason enough to list them.
    workbench = await openWorkbench({ file: 'README.md', size: { width: 1500, height: 1000 } });
  });

  after(() => workbench?.close());

  const untilSuite = (state) =>
    workbench.until(`the suite is \`${state}\``, async () =>
      (await workbench.labels(workbench.page.locator('.test-explorer'))).some((row) =>
        row.startsWith(`The orders service (${state})`),
      ),
    );

  it('are listed before anything was run', async () => {
    await workbench.page.locator('.activitybar .action-label[aria-label^="Testing"]').click();
    await untilSuite('Not yet run');
  });

  it('are run, and each step has a result', async () => {
    await workbench.run('Test: Run All Tests');
    await untilSuite('Passed');
    await workbench.parkMouse();
    await workbench.screenshot('scenario-tests');
  });

  it('show the verdict above each step', async () => {
    await workbench.openFile('orders.kms-scenario.json');
    await workbench.goto(50);
    const lenses = await workbench.until('verdicts', async () => {
      const found = (await workbench.lenses()).filter((lens) => lens.endsWith(': explain'));
      return found;
    });
    assert.ok(lenses.length > 0);
  });

  it('fail with both verdicts, one click from the statement that decided', async () => {
    await workbench.openFile('orders.key-policy.json');
    const lines = (await workbench.read('orders.key-policy.json')).split('\n');
    const line = lines.findIndex((each) => each.includes('"Deny"'));
    // What is edited counts before it is saved.
    const replace = async (word, other) => {
      await workbench.goto(line + 1, (lines[line] ?? '').indexOf('Deny') + 1);
      for (let i = 0; i < word.length; i++) await workbench.press('Delete');
      await workbench.type(other);
    };
    await replace('Deny', 'Allow');
    await workbench.run('Test: Run All Tests');
    await untilSuite('Failed');
    await workbench.parkMouse();
    await workbench.screenshot('scenario-failed');
    await replace('Allow', 'Deny');
  });

  it('show which statements they exercised', async () => {
    await workbench.run('Test: Run All Tests with Coverage');
    await untilSuite('Passed');
    await workbench.until('coverage', () => workbench.page.locator('.coverage-deco-gutter').count());
    await workbench.parkMouse();
    await workbench.screenshot('scenario-coverage');
  });
});
