import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { kmsLens, projectRoot } from './run.ts';

const scenario = (...steps: readonly object[]) => ({
  'letters.kms-scenario.json': JSON.stringify({
    keys: { letters: {} },
    steps: steps.map((step) => ({ envelope: 'letters', ...step })),
  }),
});

test('the example passes, and its trail has the calls of each round trip', async () => {
  const file = 'examples/envelope.kms-scenario.json';
  const { code, stdout } = await kmsLens(['test', file, '--trail', '-']);
  expect(code).toBe(0);
  const { Records } = JSON.parse(stdout);
  const count = (event: string): number =>
    Records.filter(({ eventName }: { eventName: string }) => eventName === event).length;
  const trips = JSON.parse(readFileSync(`${projectRoot}${file}`, 'utf8').replace(/^\/\/.*\n/, '')).steps.filter(
    ({ envelope, messages }: { envelope?: string; messages?: number }) => envelope !== undefined && !messages,
  );
  // A thousand messages with a data key each, and a thousand with ten.
  const many = 1000 + 10;
  expect(count('GenerateDataKey')).toBe(trips.length + many);
  // Refused GenerateDataKey twice, and once the message was not the right one.
  expect(count('Decrypt')).toBe(trips.length + many - 3);
});

test('says where a round trip stopped, in text, JSON and JUnit, and never the payload', async () => {
  const cwd = folderWith(
    scenario(
      { name: 'whole', payload: 'text:card 4242', expect: 'ok' },
      { name: 'changed', payload: 'text:card 4242', decrypt: { tamper: 'ciphertext' }, expect: 'ok' },
    ),
  );
  const text = await kmsLens(['test'], { cwd });
  expect(text.code).toBe(1);
  expect(text.stdout).toMatch(/actual {4}frame-tag\n +why {7}it stops at frame 1: frame 1 does not match/);
  const json = await kmsLens(['test', '--format', 'json'], { cwd });
  const [file] = JSON.parse(json.stdout).scenarios ?? JSON.parse(json.stdout).files ?? JSON.parse(json.stdout);
  expect(file.steps).toMatchObject([
    { kind: 'envelope', outcome: 'pass', expected: 'ok', actual: 'ok' },
    { kind: 'envelope', outcome: 'fail', expected: 'ok', actual: { error: 'frame-tag' } },
  ]);
  const junit = await kmsLens(['test', '--format', 'junit'], { cwd });
  expect(junit.stdout).toContain('it stops at frame 1');
  for (const { stdout, stderr } of [text, json, junit]) expect(stdout + stderr).not.toContain('4242');
});

test('reads payloads from files within the folder, and no others', async () => {
  const files = { 'in/letter.txt': 'hello', 'letter.txt': 'secret' };
  const [content] = Object.values(scenario({ payload: 'file:letter.txt', expect: 'ok' }));
  const [outside] = Object.values(scenario({ payload: 'file:../letter.txt', expect: 'ok' }));
  const folder = folderWith({
    ...files,
    'in/a.kms-scenario.json': content ?? '',
    'in/b.kms-scenario.json': outside ?? '',
  });
  expect((await kmsLens(['test', 'a.kms-scenario.json'], { cwd: `${folder}/in` })).code).toBe(0);
  const refused = await kmsLens(['test', 'b.kms-scenario.json'], { cwd: `${folder}/in` });
  expect(refused.code).not.toBe(0);
  expect(refused.stdout + refused.stderr).toContain('`../letter.txt`');
  expect((await kmsLens(['test', 'in/b.kms-scenario.json', '--root', '.'], { cwd: folder })).code).toBe(0);
});

test('says how often KMS was called, where that is not as expected', async () => {
  const caching = { maxAge: 'PT5M', maxMessages: 5 };
  const expected = { calls: { GenerateDataKey: 10, Decrypt: 2 } };
  const cwd = folderWith(scenario({ payload: 'text:a', messages: 10, caching, expect: expected }));
  const { code, stdout } = await kmsLens(['test'], { cwd });
  expect(code).toBe(1);
  expect(stdout).toMatch(/expected +10 GenerateDataKey, 2 Decrypt\n +actual +2 GenerateDataKey, 2 Decrypt\n/);
  expect(stdout).toContain('with 2 GenerateDataKey and 2 Decrypt instead of 10 each: 16 calls fewer');
});
