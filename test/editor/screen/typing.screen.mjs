import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { folderWith } from './folder.mjs';
import { openWorkbench } from './workbench.mjs';

const start = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "First",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:Decrypt",
      "Resource": "*"
    },
    {
    }
  ]
}
`;

const files = ['new.key-policy.json', 'new.json'];

describe('typing in a policy', () => {
  /** @type {import('./workbench.mjs').Workbench} */
  let workbench;

  before(async () => {
    const folder = await folderWith(Object.fromEntries(files.map((file) => [file, start])));
    workbench = await openWorkbench({ folder });
  });

  after(() => workbench?.close());

  for (const file of files) {
    it(`offers by itself what VS Code’s JSON service knows, each thing once: ${file}`, async () => {
      await workbench.openFile(file);
      await workbench.until('the policy is served', () => workbench.lenses());
      await workbench.goto(11, 6);
      await workbench.untilOffered('Effect');
      await workbench.press('Enter');
      await workbench.type('"');
      const offered = await workbench.until('completions are offered', async () => {
        const found = await workbench.completions();
        return found.includes('Effect') ? found : undefined;
      });
      assert.ok(offered.includes('Principal'), offered.join(', '));
      assert.deepEqual([...new Set(offered)], offered);
      await workbench.screenshot(`completion-${file}`);
    });

    it(`is not disturbed by it: ${file}`, async () => {
      await workbench.type('Eff');
      await workbench.until('the offer is narrowed', async () => (await workbench.completions())[0] === 'Effect');
      await workbench.press('Tab');
      await workbench.until('it is taken over once', async () =>
        /\{\n {6}"Effect"(?:: ?(?:"(?:Allow)?")?,?)?\n {4}\}/.test(await workbench.editorText()),
      );
    });
  }
});
