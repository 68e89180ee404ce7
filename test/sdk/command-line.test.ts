import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { kmsLens, projectRoot } from '../cli/run.ts';
import { contexts, payloadOf } from '../simulator/envelope/fixtures/samples.ts';
import { keyOf, sdk, sdkDecrypt, sdkEncrypt } from './sdk.ts';
import { serve } from './serve.ts';

const payload = Buffer.from(payloadOf(100_000));

test.each([
  [0x0478, 32, []],
  [0x0578, 24, ['--sign']],
])('files of the command line go both ways: suite %i', async (suiteId, bytes, options) => {
  const cwd = newFolder();
  const key = { bytes };
  const { namespace, name, wrappingKey } = keyOf(key);
  writeFileSync(join(cwd, 'key'), wrappingKey);
  writeFileSync(join(cwd, 'payload'), payload);
  const common = ['--raw-aes-key', 'key', '--key-namespace', namespace, '--key-name', name];
  const pairs = Object.entries(contexts.many).flatMap(([k, v]) => ['--encryption-context', `${k}=${v}`]);
  const run = async (...args: readonly string[]) => {
    const { code, stderr } = await kmsLens(['envelope', ...args, ...common, ...pairs], { cwd });
    expect([code, stderr]).toEqual([0, '']);
  };

  await run('encrypt', 'payload', '-o', 'ours', ...options);
  const read = await sdkDecrypt(readFileSync(join(cwd, 'ours')), key);
  expect(read.plaintext.equals(payload)).toBe(true);
  expect(read.encryptionContext).toMatchObject(contexts.many);

  const theirs = await sdkEncrypt(payload, { suiteId, key, encryptionContext: contexts.many });
  writeFileSync(join(cwd, 'theirs'), theirs);
  await run('decrypt', 'theirs', '-o', 'back');
  expect(readFileSync(join(cwd, 'back')).equals(payload)).toBe(true);
});

test('files under a key of `kms-lens serve` go both ways, through that same KMS', async () => {
  const cwd = newFolder();
  const { url, end } = await serve('--scenario', 'test/sdk/fixtures/world.kms-scenario.json');
  onTestFinished(end);
  const credentials = { accessKeyId: 'AKIAKMSLENSADMIN', secretAccessKey: 'kms-lens-admin-secret' };
  const kms = createRequire(`${projectRoot}bench/envelope/`)('@aws-sdk/client-kms');
  const clientOf = (region: string) => new kms.KMS({ endpoint: url, region, credentials, maxAttempts: 1 });
  const { Arn } = (await clientOf('us-west-2').createKey({})).KeyMetadata;
  const keyring = new sdk.KmsKeyringNode({ generatorKeyId: Arn, clientProvider: clientOf });
  writeFileSync(join(cwd, 'secret'), credentials.secretAccessKey);
  writeFileSync(join(cwd, 'payload'), payload);
  const caller = ['--access-key-id', credentials.accessKeyId, '--secret-access-key-file', 'secret'];
  const pairs = ['--encryption-context', 'tenant=bl\u00fce'];
  const run = async (...args: readonly string[]) => {
    const { code, stderr } = await kmsLens(['envelope', ...args, '--endpoint', url, ...caller, ...pairs], { cwd });
    expect([code, stderr]).toEqual([0, args[0] === 'encrypt' ? expect.stringContaining('protect nothing') : '']);
  };

  await run('encrypt', 'payload', '-o', 'ours', '--key', Arn);
  const read = await sdkDecrypt(readFileSync(join(cwd, 'ours')), undefined, keyring);
  expect(read.plaintext.equals(payload)).toBe(true);
  expect(read.encryptionContext).toMatchObject({ tenant: 'bl\u00fce' });

  const encryptionContext = { tenant: 'bl\u00fce' };
  writeFileSync(join(cwd, 'theirs'), await sdkEncrypt(payload, { suiteId: 0x0578, encryptionContext }, keyring));
  for (const options of [[], ['--key', Arn, '--force']]) {
    await run('decrypt', 'theirs', '-o', 'back', ...options);
    expect(readFileSync(join(cwd, 'back')).equals(payload)).toBe(true);
  }
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kms-lens-sdk-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
