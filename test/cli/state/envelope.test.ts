import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kmsLens, type Outcome } from '../run.ts';
import { call } from './load.ts';
import { serving } from './serving.ts';

let folder = '';
const at = (name: string): string => join(folder, name);
const ARN = 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const SCENARIO = {
  region: 'eu-central-1',
  principals: { App: { arn: 'arn:aws:iam::111122223333:role/App' } },
  keys: {
    orders: { id: '1234abcd-12ab-34cd-56ef-1234567890ab', aliases: ['alias/orders'] },
    locked: {
      policy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::111122223333:role/App' }, Action: 'kms:*', Resource: '*' },
        ],
      },
    },
  },
};

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kms-lens-state-envelope-'));
  writeFileSync(at('letter.txt'), 'a letter');
  writeFileSync(at('one.kms-scenario.json'), JSON.stringify(SCENARIO));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function envelope(...args: readonly string[]): Promise<Outcome> {
  return kmsLens(['envelope', ...args, '--state', 'state', '--state-key', 'k'], { cwd: folder });
}

const encrypt = (...args: readonly string[]): Promise<Outcome> =>
  envelope('encrypt', 'letter.txt', '-o', 'letter.enc', ...args);
const decrypt = (...args: readonly string[]): Promise<Outcome> =>
  envelope('decrypt', 'letter.enc', '-o', 'back.txt', '--force', ...args);
const withScenario = ['--scenario', 'one.kms-scenario.json'];

test('the keys of a scenario are made once, and go by all their names', async () => {
  const { code, stderr } = await encrypt('--key', 'orders', ...withScenario);
  expect([code, stderr]).toEqual([
    0,
    'kms-lens: simulated keys protect nothing; they are in `state`, and without it or its key the data is lost\n',
  ]);
  for (const args of [
    ['--key', 'orders', ...withScenario],
    ['--key', 'alias/orders'],
    ['--key', ARN],
    ['--key', ARN.replace(/.*key\//, '')],
    ['--key', ARN.replace(/key\/.*/, 'alias/orders')],
  ]) {
    expect(await decrypt(...args)).toMatchObject({ code: 0, stderr: '' });
    expect(readFileSync(at('back.txt'), 'utf8')).toBe('a letter');
    rmSync(at('back.txt'));
  }
});

test('a folder that `kms-lens serve` made will do, once it has ended', async () => {
  const server = await serving(folder, '--state', 'state', '--state-key', 'k');
  const { value } = (await call(server.url, 'CreateKey', {})) ?? {};
  const { KeyId } = Object(value?.['KeyMetadata']);
  expect((await encrypt('--key', KeyId)).stderr).toMatch(/^kms-lens: `state` is in use by process \d+/);
  await server.kill();
  expect((await encrypt('--key', KeyId)).code).toBe(0);
  expect((await decrypt('--key', KeyId)).code).toBe(0);
});

test('whom the policy of the key does not let in is refused', async () => {
  const { code, stderr } = await encrypt('--key', 'locked', ...withScenario);
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(
      /^kms-lens: cannot encrypt `letter\.txt`: GenerateDataKey is refused: AccessDeniedException: User: /,
    ),
  ]);
  expect(existsSync(at('letter.enc'))).toBe(false);
});

test('a message under another key is not decrypted', async () => {
  await encrypt('--key', 'orders', ...withScenario);
  const { code, stderr } = await decrypt('--key', 'locked', ...withScenario);
  expect([code, stderr]).toEqual([1, expect.stringContaining("none of the message's encrypted data keys")]);
});

test.each([
  [['--key', 'orders'], /there are no keys in `state`: make them with `--scenario FILE`/],
  [['--key', 'none', ...withScenario], /no key `none` is in `state`/],
  [[...withScenario], /name the key with `--key NAME`/],
])('%j makes nothing', async (args, message) => {
  const { code, stderr } = await encrypt(...args);
  expect([code, stderr]).toEqual([2, expect.stringMatching(message)]);
  expect([existsSync(at('state')), existsSync(at('k')), existsSync(at('letter.enc'))]).toEqual([false, false, false]);
});

test.each(['--scenario', '--state-key'])('%s goes with --state', async (option) => {
  const args = ['envelope', 'encrypt', 'letter.txt', '-o', 'letter.enc', option, 'x'];
  const { code, stderr } = await kmsLens(args, { cwd: folder });
  expect([code, stderr]).toEqual([2, `kms-lens: \`${option}\` goes with \`--state DIR\`\n`]);
});
