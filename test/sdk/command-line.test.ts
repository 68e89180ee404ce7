import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { kmsLens } from '../cli/run.ts';
import { contexts, payloadOf } from '../simulator/envelope/fixtures/samples.ts';
import { keyOf, sdkDecrypt, sdkEncrypt } from './sdk.ts';

const payload = Buffer.from(payloadOf(100_000));

test.each([
  [0x0478, 32, []],
  [0x0578, 24, ['--sign']],
])('files of the command line go both ways: suite %i', async (suiteId, bytes, options) => {
  const cwd = mkdtempSync(join(tmpdir(), 'kms-lens-sdk-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
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
