import { expect, test } from 'vitest';
import { folderWith, keyPolicy } from './folder.ts';
import { kmsLens } from './run.ts';

const scenario = (policy: string): string =>
  JSON.stringify({ keys: { orders: { policy } }, steps: [{ can: 'Decrypt', on: 'order' }] });

async function checked(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { code, stdout, stderr } = await kmsLens(['check', '--format', 'json', ...args], { cwd: folderWith(files) });
  const { files: found } = JSON.parse(stdout);
  const rules = (found as { diagnostics: { rule: string; pointer: string; message: string }[] }[]).flatMap(
    ({ diagnostics }) => diagnostics.map(({ rule, pointer, message }) => `${rule} ${pointer} ${message}`),
  );
  return { code, stderr, rules };
}

test('the mistakes of a scenario and those of the files that it names', async () => {
  const { code, rules } = await checked({ 'p/a.kms-scenario.json': scenario('gone.json') }, 'p');
  expect(code).toBe(1);
  expect(rules).toEqual([
    'scenario-unusable-policy /keys/orders/policy `gone.json` cannot be read: mend the path or add the file',
    'scenario-undefined-name /steps/0/on `order` is no key of this file: did you mean `orders`?',
  ]);
});

test('files that can be used, and those outside of the current folder', async () => {
  const { rules } = await checked(
    {
      'p/a.kms-scenario.json': scenario('../q/a.key-policy.json').replace('"order"', '"orders"'),
      'p/b.kms-scenario.json': scenario('../../a.json').replace('"order"', '"orders"'),
      'q/a.key-policy.json': keyPolicy('kms:Decrypt'),
    },
    'p',
  );
  expect(rules).toEqual([
    'scenario-unusable-policy /keys/orders/policy `../../a.json` lies outside of the workspace folder: keep the file inside',
  ]);
});

test('a real credential is not printed', async () => {
  const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYzQ3rT8uVw0aB';
  const text = `{ "principals": { "A": { "arn": "arn:aws:iam::111122223333:role/A", "secretAccessKey": "${secret}" } } }`;
  for (const verb of ['check', 'test']) {
    for (const format of ['json', 'text']) {
      const args = [verb, '--format', format, 'a.kms-scenario.json'];
      const { code, stdout, stderr } = await kmsLens(args, { cwd: folderWith({ 'a.kms-scenario.json': text }) });
      expect(code).toBe(1);
      expect(stdout + stderr).not.toContain(secret.slice(0, 10));
    }
  }
});
