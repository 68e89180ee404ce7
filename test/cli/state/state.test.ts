import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { kmsLens } from '../run.ts';
import { call } from './load.ts';
import { type Serving, serving } from './serving.ts';

const posix = process.platform !== 'win32';
let folder = '';
const at = (name: string): string => join(folder, name);
const servers: Serving[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kms-lens-state-'));
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function started(...args: readonly string[]): Promise<Serving> {
  const server = await serving(folder, '--state', 'state', ...args);
  servers.push(server);
  return server;
}

/** What it says where it does not start. */
async function refusal(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<string> {
  const options = { cwd: folder, env: { HOME: folder, ...env } };
  const { code, stderr } = await kmsLens(['serve', '--port', '0', '--state', 'state', ...args], options);
  expect(code).toBe(2);
  return stderr;
}

/** A state with a key in it; what its files hold. */
async function made(...args: readonly string[]): Promise<() => Record<string, string>> {
  const server = await started(...args);
  await call(server.url, 'CreateKey', {});
  await server.kill('SIGTERM');
  return () =>
    Object.fromEntries(readdirSync(at('state')).map((name) => [name, readFileSync(at(`state/${name}`), 'hex')]));
}

test('a key is there after an orderly end, and after none', async () => {
  const first = await started();
  const { value } = (await call(first.url, 'CreateKey', {})) ?? {};
  const { KeyId } = Object(value?.['KeyMetadata']);
  await first.kill('SIGTERM');
  expect(readdirSync(at('state')).sort()).toEqual(['journal.2', 'snapshot']);
  const second = await started();
  expect((await call(second.url, 'DescribeKey', { KeyId }))?.status).toBe(200);
  expect((await call(second.url, 'UpdateKeyDescription', { KeyId, Description: 'kept' }))?.status).toBe(200);
  await second.kill();
  const third = await started();
  expect(JSON.stringify((await call(third.url, 'DescribeKey', { KeyId }))?.value)).toContain('"Description":"kept"');
  expect(third.error()).toBe('');
});

describe('one process for a folder', () => {
  test('a second one is told who has it', async () => {
    const server = await started();
    expect(await refusal()).toMatch(
      new RegExp(
        `^kms-lens: \`state\` is in use by process ${server.child.pid}: end it first, .* remove \`state/lock\\.`,
      ),
    );
    expect((await call(server.url, 'CreateKey', {}))?.status).toBe(200);
  });

  test('of many that start at once, at most one has it', async () => {
    await made();
    const all = await Promise.allSettled(Array.from({ length: 4 }, () => started()));
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBeLessThan(2);
    expect(readdirSync(at('state')).filter((name) => name.startsWith('lock.')).length).toBeLessThan(2);
  });

  test('one that was killed does not keep others out, and leaves nothing behind', async () => {
    const first = await started();
    await first.kill();
    expect(readdirSync(at('state')).filter((name) => name.startsWith('lock.'))).toHaveLength(1);
    const second = await started();
    await second.kill('SIGTERM');
    expect(readdirSync(at('state')).filter((name) => name.startsWith('lock.'))).toEqual([]);
  });

  test('one of another machine counts as long as it says that it is there', async () => {
    const first = await started();
    await first.kill('SIGTERM');
    const lock = at(`state/lock.${'0'.repeat(16)}.1.1`);
    writeFileSync(lock, '');
    expect(await refusal()).toContain('`state` is in use by a process of another machine or container');
    utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    await started();
    expect(existsSync(lock)).toBe(false);
  });

  test.runIf(process.platform === 'linux')(
    'another process with the number of one that ended does not, either',
    async () => {
      const first = await started();
      await first.kill();
      const [lock = ''] = readdirSync(at('state')).filter((name) => name.startsWith('lock.'));
      // The number of this test, and another start.
      writeFileSync(at(`state/${lock.replace(/\.\d+\.\d+$/, `.${process.pid}.1`)}`), '');
      await started();
    },
  );
});

describe('the key', () => {
  test('is made for its owner alone, outside of the folder, and not again', async () => {
    const read = await made();
    const file = at('.config/kms-lens/state.key');
    expect(readFileSync(file, 'utf8')).toMatch(/^[A-Za-z0-9+/]{43}=\n$/);
    rmSync(file);
    const before = read();
    expect(await refusal()).toMatch(
      /^kms-lens: the key of `state` is missing: there is no `.*state\.key`; bring that file back/,
    );
    expect([existsSync(file), read()]).toEqual([false, before]);
  });

  test('is not another one', async () => {
    const read = await made();
    const before = read();
    writeFileSync(at('other.key'), `${Buffer.alloc(32, 1).toString('base64')}\n`, { mode: 0o600 });
    expect(await refusal(['--state-key', 'other.key'])).toBe(
      'kms-lens: `state/snapshot` was sealed under another key; give the key that the folder was made with, as `--state-key FILE` or in KMS_LENS_STATE_KEY; nothing was changed\n',
    );
    expect(read()).toEqual(before);
  });

  test('may stand in the environment', async () => {
    await made('--state-key', 'k');
    expect(await refusal([], { KMS_LENS_STATE_KEY: Buffer.alloc(32).toString('base64') })).toContain(
      'under another key',
    );
    expect(await refusal([], { KMS_LENS_STATE_KEY: 'short' })).toMatch(
      /KMS_LENS_STATE_KEY is no key: .*openssl rand -base64 32/,
    );
    expect(existsSync(at('.config'))).toBe(false);
  });

  test.runIf(posix)('is refused where others may read it', async () => {
    await made('--state-key', 'k');
    chmodSync(at('k'), 0o644);
    expect(await refusal(['--state-key', 'k'])).toBe(
      'kms-lens: others may read the key in `k`: `chmod 600 k` mends it\n',
    );
  });

  test('is no other file, and lies elsewhere', async () => {
    writeFileSync(at('letter.txt'), 'a letter', { mode: 0o600 });
    expect(await refusal(['--state-key', 'letter.txt'])).toMatch(/`letter\.txt` is no key of a state/);
    expect(readFileSync(at('letter.txt'), 'utf8')).toBe('a letter');
    expect(await refusal(['--state-key', 'state/k'])).toMatch(/the key must not lie in the folder that it protects/);
    expect(await kmsLens(['serve', '--state-key', 'k'], { cwd: folder })).toMatchObject({ code: 2 });
  });
});

test('a damaged file is told of, and left as it is', async () => {
  const read = await made();
  const bytes = readFileSync(at('state/snapshot'));
  writeFileSync(at('state/snapshot'), bytes.subarray(0, bytes.length - 1));
  const before = read();
  expect(await refusal()).toMatch(
    /^kms-lens: `state\/snapshot` was cut or lengthened: .*bring the whole folder back from a backup/,
  );
  expect(read()).toEqual(before);
});

test('a mistake in the scenario leaves no folder behind', async () => {
  expect(await refusal(['--scenario', 'none.kms-scenario.json'])).toContain('cannot read');
  expect(readdirSync(folder)).toEqual([]);
});

test('a state without its scenario says so', async () => {
  const scenario = { account: '444455556666', keys: { orders: { aliases: ['alias/orders'] } } };
  writeFileSync(at('one.kms-scenario.json'), JSON.stringify(scenario));
  await (await started('--scenario', 'one.kms-scenario.json')).kill('SIGTERM');
  const server = await started();
  expect(server.error()).toMatch(
    /^kms-lens: the state was made from `one\.kms-scenario\.json`, and no scenario is given/,
  );
  expect((await call(server.url, 'CreateKey', {}))?.value['KeyMetadata']).toMatchObject({
    AWSAccountId: '444455556666',
  });
});
