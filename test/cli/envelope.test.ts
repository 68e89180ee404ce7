import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Progress } from '../../cli/envelope/progress.ts';
import { TextSink } from '../../cli/output/terminal.ts';
import { fingerprint } from '../../simulator/envelope/fingerprint.ts';
import { inspect } from '../../simulator/envelope/inspect.ts';
import { ManualClock } from '../../simulator/kms/environment.ts';
import { kmsLens, projectRoot } from './run.ts';

const posix = process.platform !== 'win32';
let folder = '';
const at = (name: string): string => join(folder, name);
const names = (): string[] => readdirSync(folder).sort();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kms-lens-envelope-'));
  writeFileSync(at('key'), Buffer.alloc(32, 7));
  writeFileSync(at('other-key'), Buffer.alloc(16, 8));
  writeFileSync(at('letter.txt'), PAYLOAD);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const PAYLOAD = 'Nobody but you must read this. '.repeat(1000);

function envelope(...args: readonly string[]) {
  return kmsLens(['envelope', ...args], { cwd: folder });
}

/** Encrypts `letter.txt` to `letter.enc`. */
async function encrypted(...options: readonly string[]): Promise<Buffer> {
  const { code, stderr } = await envelope(
    'encrypt',
    'letter.txt',
    '-o',
    'letter.enc',
    '--raw-aes-key',
    'key',
    ...options,
  );
  expect([code, stderr]).toEqual([0, '']);
  return readFileSync(at('letter.enc'));
}

function decrypt(...options: readonly string[]) {
  return envelope('decrypt', 'letter.enc', '-o', 'back.txt', '--raw-aes-key', 'key', ...options);
}

describe('a file', () => {
  test.each([[], ['--sign'], ['--frame-length', '1MiB'], ['--encryption-context', 'tenant=blue']])(
    'is encrypted by one process and decrypted by another: %j',
    async (...options) => {
      const message = await encrypted(...options);
      expect(message.includes('Nobody')).toBe(false);
      const { code, stdout, stderr } = await decrypt();
      expect([code, stderr]).toEqual([0, '']);
      expect(readFileSync(at('back.txt'), 'utf8')).toBe(PAYLOAD);
      expect(stdout).toContain(`payload   31,000 bytes, fingerprint ${fingerprint(Buffer.from(PAYLOAD))}`);
      expect(stdout).not.toContain('Nobody');
      expect(names()).toEqual(['back.txt', 'key', 'letter.enc', 'letter.txt', 'other-key']);
    },
  );

  test.skipIf(!posix)('is for nobody but its owner once it is decrypted', async () => {
    await encrypted();
    await decrypt();
    expect(statSync(at('back.txt')).mode & 0o777).toBe(0o600);
    writeFileSync(at('open.txt'), '', { mode: 0o644 });
    await envelope('decrypt', 'letter.enc', '-o', 'open.txt', '--raw-aes-key', 'key', '--force');
    expect(statSync(at('open.txt')).mode & 0o777).toBe(0o600);
  });

  test('is told about as JSON', async () => {
    const options = ['--encryption-context', 'tenant=blue', '--raw-aes-key', 'other-key', '--format', 'json', '--sign'];
    const { stdout } = await envelope('encrypt', 'letter.txt', '-o', 'a', '--raw-aes-key', 'key', ...options);
    const message = readFileSync(at('a'));
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      operation: 'encrypt',
      input: { file: 'letter.txt', bytes: 31_000, fingerprint: fingerprint(Buffer.from(PAYLOAD)) },
      output: { file: 'a', bytes: message.length, fingerprint: fingerprint(message) },
      message: {
        format: 2,
        suite: '0x0578',
        signed: true,
        frameLength: 4096,
        encryptionContext: { tenant: 'blue' },
        encryptedDataKeys: [
          { provider: 'kms-lens', key: fingerprint(Buffer.alloc(32, 7)) },
          { provider: 'kms-lens', key: fingerprint(Buffer.alloc(16, 8)) },
        ],
      },
    });
    const back = await envelope('decrypt', 'a', '-o', 'b', '--raw-aes-key', 'other-key', '--format', 'json');
    expect(JSON.parse(back.stdout)).toMatchObject({ operation: 'decrypt', output: { bytes: 31_000 } });
  });

  test('may be empty', async () => {
    writeFileSync(at('letter.txt'), '');
    await encrypted();
    expect((await decrypt()).code).toBe(0);
    expect(readFileSync(at('back.txt'))).toHaveLength(0);
  });

  test('of any size takes little memory', async () => {
    const size = 160 * 2 ** 20;
    writeFileSync(at('letter.txt'), Buffer.concat(Array.from({ length: 5 }, () => randomBytes(size / 5))));
    // What the system tells of the peak has that of the program that started this one in it.
    const hook = `
      let peak = 0;
      const look = () => { peak = Math.max(peak, process.memoryUsage.rss()); };
      setInterval(look, 10).unref();
      process.on('exit', () => console.error('peak', peak));`;
    writeFileSync(at('hook.cjs'), hook);
    const env = { NODE_OPTIONS: `--require ${JSON.stringify(at('hook.cjs'))}` };
    for (const args of [
      ['encrypt', 'letter.txt', '-o', 'letter.enc'],
      ['decrypt', 'letter.enc', '-o', 'back.txt'],
    ]) {
      const { code, stderr } = await kmsLens(['envelope', ...args, '--raw-aes-key', 'key'], { cwd: folder, env });
      expect(code).toBe(0);
      expect(Number(/peak (\d+)/.exec(stderr)?.[1]), args.join(' ')).toBeLessThan(150_000_000);
    }
    expect(readFileSync(at('back.txt')).equals(readFileSync(at('letter.txt')))).toBe(true);
  });
});

describe('pipes', () => {
  /** Standard output as bytes, and where the report went. */
  function piped(args: readonly string[], input: Uint8Array) {
    return new Promise<{ code: number | null; out: Buffer; errors: string }>((done, fail) => {
      const child = spawn(process.execPath, [`${projectRoot}dist/cli.js`, 'envelope', ...args], { cwd: folder });
      const chunks: Buffer[] = [];
      let errors = '';
      child.stdout.on('data', (chunk) => chunks.push(chunk));
      child.stderr.on('data', (chunk) => {
        errors += chunk;
      });
      child.on('error', fail);
      child.on('close', (code) => done({ code, out: Buffer.concat(chunks), errors }));
      // It may end before it has read everything.
      child.stdin.on('error', () => undefined);
      child.stdin.end(input);
    });
  }

  test.each([[], ['--sign']])('go both ways: %j', async (...options) => {
    const payload = randomBytes(1_000_000);
    const there = await piped(['encrypt', '-', '-o', '-', '--raw-aes-key', 'key', ...options], payload);
    expect(there.code).toBe(0);
    expect(there.errors).toContain('encrypted stdin to stdout');
    const back = await piped(['decrypt', '-', '-o', '-', '--raw-aes-key', 'key'], there.out);
    expect(back.code).toBe(0);
    expect(back.out.equals(payload)).toBe(true);
  });

  test('get nothing of a signed message before its signature was checked', async () => {
    const message = await encrypted('--sign');
    message[message.length - 1] = (message.at(-1) ?? 0) ^ 1;
    const { code, out, errors } = await piped(['decrypt', '-', '-o', '-', '--raw-aes-key', 'key'], message);
    expect([code, out.length]).toEqual([1, 0]);
    expect(errors).toContain('the signature at byte');
  });

  test('get a long signed message only as far as it may be held back', async () => {
    writeFileSync(at('letter.txt'), randomBytes(2_000_000));
    const message = await encrypted('--sign');
    const args = ['decrypt', '-', '-o', '-', '--raw-aes-key', 'key'];
    expect((await piped(args, message)).out).toHaveLength(2_000_000);
    const { code, out, errors } = await piped([...args, '--max-held', '1MiB'], message);
    expect([code, out.length]).toEqual([1, 0]);
    expect(errors).toContain('raise `--max-held`');
  });

  test('have no room for JSON beside the payload', async () => {
    const { code, stderr } = await envelope('encrypt', 'key', '-o', '-', '--raw-aes-key', 'key', '--format', 'json');
    expect([code, stderr]).toEqual([2, expect.stringContaining('needs a file as output')]);
  });

  test('that nobody reads any more end it quietly', async () => {
    writeFileSync(at('letter.txt'), randomBytes(5_000_000));
    const args = ['envelope', 'encrypt', 'letter.txt', '-o', '-', '--raw-aes-key', 'key'];
    const child = spawn(process.execPath, [`${projectRoot}dist/cli.js`, ...args], { cwd: folder });
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    child.stdout.destroy();
    await new Promise((done) => child.on('close', done));
    expect(errors).toBe('');
  });
});

describe('a message that is not authentic', () => {
  test.each([
    ['its start', (bytes: Buffer) => bytes.fill(9, 0, 1)],
    ['its middle', (bytes: Buffer) => bytes.fill(9, 20_000, 20_001)],
    ['its end', (bytes: Buffer) => bytes.subarray(0, -1)],
    ['what follows', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
  ])('leaves nothing behind: %s', async (_, change) => {
    writeFileSync(at('letter.enc'), change(await encrypted()));
    const { code, stdout, stderr } = await decrypt();
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^kms-lens: cannot decrypt `letter.enc`: .*; .*\n$/);
    expect(names()).toEqual(['key', 'letter.enc', 'letter.txt', 'other-key']);
  });

  test('leaves what was there as it was', async () => {
    writeFileSync(at('letter.enc'), (await encrypted()).subarray(0, -1));
    writeFileSync(at('back.txt'), 'older');
    expect((await decrypt('--force')).code).toBe(1);
    expect(readFileSync(at('back.txt'), 'utf8')).toBe('older');
  });

  test('or is under another key or context is refused, too', async () => {
    await encrypted('--encryption-context', 'tenant=blue');
    const wrongContext = await decrypt('--encryption-context', 'tenant=red');
    expect([wrongContext.code, wrongContext.stderr]).toEqual([1, expect.stringContaining('it has `blue` there')]);
    const { code, stderr } = await envelope('decrypt', 'letter.enc', '-o', 'x', '--raw-aes-key', 'other-key');
    expect([code, stderr]).toEqual([1, expect.stringContaining('is from raw AES key')]);
  });
});

describe('the output', () => {
  test('is not replaced unless that is asked for', async () => {
    writeFileSync(at('letter.enc'), 'older');
    const { code, stderr } = await envelope('encrypt', 'letter.txt', '-o', 'letter.enc', '--raw-aes-key', 'key');
    expect([code, stderr]).toEqual([2, 'kms-lens: `letter.enc` is there already; `--force` replaces it\n']);
    expect(readFileSync(at('letter.enc'), 'utf8')).toBe('older');
    expect(inspect(await encrypted('--force')).problem).toBeUndefined();
  });

  test.skipIf(!posix)('is never the input, by whatever name', async () => {
    symlinkSync(at('letter.txt'), at('symbolic'));
    linkSync(at('letter.txt'), at('hard'));
    for (const name of ['letter.txt', 'symbolic', 'hard', `../${basename(folder)}/letter.txt`]) {
      const args = ['encrypt', 'letter.txt', '-o', name, '--raw-aes-key', 'key', '--force'];
      const { code, stderr } = await envelope(...args);
      expect([code, stderr], name).toEqual([2, expect.stringContaining('is what is read, which is never replaced')]);
    }
    expect(readFileSync(at('letter.txt'), 'utf8')).toBe(PAYLOAD);
  });

  test.skipIf(!posix)('follows links, and keeps the mode of a message', async () => {
    writeFileSync(at('real'), '', { mode: 0o640 });
    symlinkSync(at('real'), at('letter.enc'));
    await encrypted('--force');
    expect(inspect(readFileSync(at('real'))).problem).toBeUndefined();
    expect(statSync(at('real')).mode & 0o777).toBe(0o640);
  });

  test.skipIf(!posix).each(['SIGINT', 'SIGTERM'] as const)(
    'is not there after %s, nor any part of it',
    async (signal) => {
      const args = ['envelope', 'encrypt', '-', '-o', 'letter.enc', '--raw-aes-key', 'key'];
      const child = spawn(process.execPath, [`${projectRoot}dist/cli.js`, ...args], { cwd: folder });
      const ended = new Promise((done) => child.on('close', (_, by) => done(by)));
      child.stdin.on('error', () => undefined);
      child.stdin.write(randomBytes(500_000));
      const draft = () => names().find((name) => name.endsWith('.kms-lens'));
      while (draft() === undefined || statSync(at(draft() ?? '')).size === 0)
        await new Promise((done) => setTimeout(done, 20));
      child.kill(signal);
      expect(await ended).toBe(signal);
      expect(names()).toEqual(['key', 'letter.txt', 'other-key']);
    },
  );
});

describe('wrong usage', () => {
  test.each([
    [['encrypt', 'letter.txt', '-o', 'x'], 'give a key with `--raw-aes-key FILE`'],
    [['encrypt', 'letter.txt', '--raw-aes-key', 'key'], "required option '-o, --output <file>' not specified"],
    [['encrypt', 'none', '-o', 'x', '--raw-aes-key', 'key'], 'cannot read `none`: there is no such file'],
    [['encrypt', '.', '-o', 'x', '--raw-aes-key', 'key'], 'cannot read `.`: it is a folder'],
    [['encrypt', 'letter.txt', '-o', '.', '--raw-aes-key', 'key'], 'cannot write `.`: it is a folder'],
    [['encrypt', 'letter.txt', '-o', 'a/b', '--raw-aes-key', 'key'], 'cannot write `a/b`: there is no such file'],
    [['encrypt', 'letter.txt', '-o', 'x', '--raw-aes-key', 'none'], 'cannot read `none`'],
    [['encrypt', 'letter.txt', '-o', 'x', '--raw-aes-key', 'letter.txt'], 'has 1024 bytes or more'],
    [['encrypt', 'letter.txt', '-o', 'x', '--raw-aes-key', 'hex'], 'it looks like text'],
    [['encrypt', 'key', '-o', 'x', '--raw-aes-key', 'key', '--key-namespace', 'aws-kms'], 'belongs to KMS'],
    [
      ['encrypt', 'key', '-o', 'x', '--raw-aes-key', 'key', '--encryption-context', 'aws-crypto-a=b'],
      'is reserved for',
    ],
    [['encrypt', 'key', '-o', 'x', '--raw-aes-key', 'key', '--frame-length', '0'], 'Write a number of bytes'],
    [
      ['encrypt', 'key', '-o', 'x', '--raw-aes-key', 'key', '--raw-aes-key', 'other-key', '--key-name', 'k'],
      '`--key-name` names one key',
    ],
  ])('%j', async (args, message) => {
    writeFileSync(at('hex'), `${'ab'.repeat(32)}\n`);
    const { code, stderr } = await envelope(...args);
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(existsSync(at('x'))).toBe(false);
  });
});

describe('an inspection', () => {
  test('shows a message, whose payload and key nobody needs', async () => {
    const message = await encrypted('--encryption-context', 'tenant=blue', '--sign');
    const { code, stdout } = await envelope('inspect', 'letter.enc');
    expect(code).toBe(0);
    expect(stdout).toContain(`letter.enc: ${message.length.toLocaleString('en-US')} bytes, fingerprint`);
    expect(stdout).toContain('0x0578');
    expect(stdout).toContain('tenant = blue');
    expect(stdout).toContain('8 frames with 31,000 bytes of payload');
    expect(stdout).toMatch(/^ +35 +2 {2}encryption context length +00[0-9a-f]{2} +\d+$/m);
    expect(stdout).toMatch(/^ +1 +2 {2}algorithm suite +0578 +0x0578 AES-256-GCM/m);
    expect(stdout).toMatch(/^ +\d+ +2368 {2}frame 8 +2,328 bytes of content, the last one$/m);
    expect(stdout).toContain('signature length');
  });

  test('takes base64', async () => {
    writeFileSync(at('letter.txt.b64'), (await encrypted()).toString('base64'));
    const { code, stdout } = await envelope('inspect', 'letter.txt.b64');
    expect([code, stdout]).toEqual([0, expect.stringContaining('written in base64')]);
    const json = await envelope('inspect', 'letter.txt.b64', '--format', 'json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      input: { encoding: 'base64' },
      body: { frames: 8 },
      problem: null,
    });
  });

  test('is JSON for programs, and says where a message breaks', async () => {
    const message = await encrypted();
    const { code, stdout } = await kmsLens(['envelope', 'inspect', 'letter.enc', '--format', 'json']);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    writeFileSync(at('letter.enc'), message.subarray(0, 1000));
    const cut = await envelope('inspect', 'letter.enc', '--format', 'json');
    expect(cut.code).toBe(1);
    const { version, fields, problem } = JSON.parse(cut.stdout);
    expect(version).toBe(1);
    expect(fields[0]).toMatchObject({ name: 'version', offset: 0, length: 1, hex: '02', value: '2' });
    expect(problem.message).toContain('the message ends after 1000 bytes');
    const { stdout: text } = await envelope('inspect', 'letter.txt');
    expect(text).toContain('problem: field `version` at byte 0');
  });
});

describe('progress', () => {
  const screenOf = () => Object.assign(new TextSink(), { isTerminal: true });

  test('is for terminals, now and then, and is gone at the end', () => {
    const screen = screenOf();
    const clock = new ManualClock();
    const progress = new Progress(screen, 'encrypting a', 100_000_000, () => clock.now());
    progress.show(1_000_000);
    clock.advance(500);
    progress.show(25_000_000);
    clock.advance(99);
    progress.show(26_000_000);
    progress.end();
    const erase = String.fromCharCode(27);
    expect(screen.text.replaceAll(`${erase}[K`, '|')).toBe(
      '\r|encrypting a ██████░░░░░░░░░░░░░░░░░░ 25 %, 25.0 MB of 100.0 MB, 50.0 MB/s\r|',
    );
    const file = new TextSink();
    const silent = new Progress(file, 'encrypting a', 100, () => clock.now());
    clock.advance(500);
    silent.show(100);
    silent.end();
    expect(file.text).toBe('');
  });

  test('knows no end where the size is not known, and is nothing where all is over at once', () => {
    const screen = screenOf();
    const clock = new ManualClock();
    const progress = new Progress(screen, 'encrypting stdin', undefined, () => clock.now());
    progress.show(1);
    progress.end();
    expect(screen.text).toBe('');
    clock.advance(1000);
    progress.show(1_500_000);
    expect(screen.text).toContain('encrypting stdin 1.5 MB, 1.5 MB/s');
  });
});
