import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { folderWith } from './folder.mjs';
import { session } from './session.mjs';
import { openWorkbench } from './workbench.mjs';

const depends = '1 ? depends: allowed if an identity policy of 111122223333 allows kms:Decrypt';
const yellow = { dark: 'rgb(227, 179, 65)', light: 'rgb(138, 90, 0)' };

const identity = (action) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Sid: 'Backup', Effect: 'Allow', Action: action, Resource: '*' }],
  });

describe('a verdict that depends', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    const folder = await folderWith({
      'orders.key-policy.json': await readFile(path.join(session().workspace, 'orders.key-policy.json'), 'utf8'),
      'team/backup.iam-policy.json': identity('kms:Decrypt'),
      'team/other.iam-policy.json': identity('kms:DescribeKey'),
    });
    workbench = await openWorkbench({ folder, file: 'orders.key-policy.json' });
  });

  after(() => workbench?.close());

  it('says what it depends on, for a role that the key policy leaves to IAM', async () => {
    await workbench.clickLens('1 Simulate access…');
    await workbench.untilQuickPick('Simulate access (1/4)');
    await workbench.type('arn:aws:iam::111122223333:role/Backup');
    await workbench.until('the typed principal is offered', async () =>
      (await workbench.quickPick()).items[0].label.startsWith('Use “arn:aws:iam::111122223333:role/Backup”'),
    );
    await workbench.press('Enter');
    for (const step of [2, 3, 4]) {
      await workbench.untilQuickPick(`Simulate access (${step}/4)`);
      await workbench.press('Enter');
    }
    const shown = await workbench.untilBeside(depends);
    assert.equal(shown.color, yellow.dark);
    await workbench.useTheme('light');
    await workbench.until(
      'the colour for light',
      async () => (await workbench.untilBeside(depends)).color === yellow.light,
    );
    const [message] = await workbench.until('identity policies are offered', () => workbench.notifications());
    assert.match(message, /allowed if an identity policy of 111122223333 allows “kms:Decrypt”/);
    await workbench.parkMouse();
    await workbench.screenshot('depends');
  });

  it('is decided with identity policies of the workspace', async () => {
    await workbench.pressNotificationButton('Choose identity policies…');
    const { items } = await workbench.untilQuickPick('Decide with identity policies');
    assert.deepEqual(
      items.map(({ label, description }) => [label, description]),
      [
        ['backup.iam-policy.json', 'team'],
        ['other.iam-policy.json', 'team'],
      ],
    );
    await workbench.press('ArrowDown');
    await workbench.press('Space');
    await workbench.screenshot('identity-policies');
    await workbench.press('Enter');
    await workbench.untilBeside('1 ✓ allowed by “Backup”');
    await workbench.until('its explanation is offered', async () =>
      (await workbench.lenses()).includes('1 ✓ allowed: explain'),
    );
  });

  it('is remembered on request, and then offered and decided without a question', async () => {
    const [message] = await workbench.until('remembering is offered', () => workbench.notifications());
    assert.match(message, /\.kms-lens\.json can keep which identity policies role Backup of 111122223333 has/);
    await workbench.screenshot('remember');
    await workbench.pressNotificationButton('Remember for role Backup of 111122223333');
    const written = await workbench.until('the file is written', () =>
      workbench.read('.kms-lens.json').catch(() => undefined),
    );
    assert.deepEqual(JSON.parse(written), {
      principals: { 'arn:aws:iam::111122223333:role/Backup': { policies: ['team/backup.iam-policy.json'] } },
    });
    await workbench.run('KMS Lens: Run the last simulation again');
    await workbench.untilBeside('1 ✓ allowed by “Backup”');
    // VS Code tells of the changed file a moment later.
    await workbench.until('the principal is offered', async () => {
      await workbench.clickLens('1 Simulate access…');
      const { items } = await workbench.untilQuickPick('Simulate access (1/4)');
      await workbench.press('Escape');
      await workbench.quickInput().waitFor({ state: 'hidden' });
      return items.some(({ label }) => label === 'arn:aws:iam::111122223333:role/Backup');
    });
  });

  it('is denied when the role has no policy that allows it', async () => {
    await workbench.run('KMS Lens: Decide with identity policies…');
    await workbench.untilQuickPick('Decide with identity policies');
    await workbench.press('ArrowDown');
    await workbench.press('Space');
    await workbench.press('Enter');
    await workbench.untilBeside('1 ✗ denied: no identity policy of 111122223333 allows kms:Decrypt');
    await workbench.screenshot('denied');
  });
});
