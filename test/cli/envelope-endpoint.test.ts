import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { inspect } from '../../simulator/envelope/inspect.ts';
import { folderWith } from './folder.ts';
import { kmsLens } from './run.ts';
import { start } from './serving.ts';

const PAYLOAD = 'Nobody but you must read this. '.repeat(1000);
const id = (digit: number): string => `${digit}234abcd-12ab-34cd-56ef-1234567890ab`;
const arn = (digit: number): string => `arn:aws:kms:eu-central-1:111122223333:key/${id(digit)}`;
const allow = (principal: string, action: string | readonly string[]) => ({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::111122223333:role/${principal}` },
  Action: action,
  Resource: '*',
});

const SCENARIO = {
  region: 'eu-central-1',
  principals: {
    Writer: {
      arn: 'arn:aws:iam::111122223333:role/Writer',
      accessKeyId: 'AKIAKMSLENSWRITER',
      secretAccessKey: 'kms-lens-writer-secret',
    },
    Reader: { arn: 'arn:aws:iam::111122223333:role/Reader', accessKeyId: 'AKIAKMSLENSREADER' },
  },
  keys: {
    both: {
      id: id(1),
      aliases: ['alias/both'],
      policy: {
        Version: '2012-10-17',
        Statement: [allow('Writer', ['kms:GenerateDataKey', 'kms:Encrypt']), allow('Reader', 'kms:Decrypt')],
      },
    },
    written: {
      id: id(2),
      aliases: ['alias/written'],
      policy: {
        Version: '2012-10-17',
        Statement: allow('Writer', ['kms:GenerateDataKey', 'kms:Encrypt', 'kms:Decrypt']),
      },
    },
    off: {
      id: id(3),
      aliases: ['alias/off'],
      state: 'Disabled',
      policy: { Version: '2012-10-17', Statement: allow('Writer', 'kms:GenerateDataKey') },
    },
  },
};

const WRITER = ['--access-key-id', 'AKIAKMSLENSWRITER', '--secret-access-key-file', 'secret'];
const READER = ['--access-key-id', 'AKIAKMSLENSREADER'];
const REGION = ['--region', 'eu-central-1'];

async function place(...options: readonly string[]) {
  const folder = folderWith({
    'world.kms-scenario.json': JSON.stringify(SCENARIO),
    'letter.txt': PAYLOAD,
    secret: 'kms-lens-writer-secret\n',
  });
  const running = await start('--scenario', join(folder, 'world.kms-scenario.json'), ...options);
  const run = (...args: readonly string[]) =>
    kmsLens(['envelope', ...args], {
      cwd: folder,
      // Credentials of whoever runs it are nobody's business.
      env: { AWS_ACCESS_KEY_ID: 'AKIAKMSLENSWRITER', AWS_SECRET_ACCESS_KEY: 'kms-lens-writer-secret' },
    });
  const names = () => readdirSync(folder).filter((name) => !/^(world|letter\.txt|secret)/.test(name));
  const read = (name: string) => readFileSync(join(folder, name));
  const encrypt = (...args: readonly string[]) =>
    run('encrypt', 'letter.txt', '-o', 'letter.enc', '--endpoint', running.url, ...args);
  const decrypt = (...args: readonly string[]) =>
    run('decrypt', 'letter.enc', '-o', 'back.txt', '--force', '--endpoint', running.url, ...args);
  return { folder, running, names, read, encrypt, decrypt };
}

test.each([
  ['an alias', 'alias/both', REGION],
  ['an id', id(1), REGION],
  ['an ARN', arn(1), []],
])('a file is encrypted under %s and decrypted by another principal in another process', async (_, key, region) => {
  const { encrypt, decrypt, read, running } = await place();
  const context = ['--encryption-context', 'tenant=blue'];
  const { code, stderr } = await encrypt('--key', key, ...region, ...WRITER, ...context);
  expect([code, stderr]).toEqual([
    0,
    `kms-lens: nobody but \`kms-lens serve\` on ${running.url} has the key: where that loses it, the data is lost; simulated keys protect nothing\n`,
  ]);
  const { header } = inspect(read('letter.enc'));
  expect(header?.encryptedDataKeys.map((each) => [each.providerId, Buffer.from(each.providerInfo).toString()])).toEqual(
    [['aws-kms', arn(1)]],
  );
  for (const options of [[], ['--key', key], ['--key', key, ...REGION]]) {
    const back = await decrypt(...READER, ...context, ...options);
    expect([back.code, back.stderr]).toEqual([0, '']);
    expect(read('back.txt').toString()).toBe(PAYLOAD);
  }
  expect(running.written.out).toMatch(/Writer {2}GenerateDataKey .*ok\n(.*\n)*.*Reader {2}Decrypt .*ok\n/);
  expect(running.written.error).toBe('');
});

test('of several data keys those are tried that may be decrypted', async () => {
  const { encrypt, decrypt, read } = await place();
  expect((await encrypt('--key', 'alias/written', '--key', 'alias/both', ...REGION, ...WRITER)).code).toBe(0);
  expect(inspect(read('letter.enc')).header?.encryptedDataKeys).toHaveLength(2);
  expect((await decrypt(...READER)).code).toBe(0);
  expect((await decrypt(...READER, '--key', 'alias/both')).code).toBe(0);
  expect((await decrypt(...WRITER)).code).toBe(0);
  const { code, stderr } = await decrypt(...READER, '--key', arn(2));
  expect([code, stderr]).toEqual([1, expect.stringContaining(`refuses Decrypt under \`${arn(2)}\`: AccessDenied`)]);
});

test('a raw key may open what a key of KMS encrypts, too', async () => {
  const { encrypt, folder, read } = await place();
  writeFileSync(join(folder, 'raw'), Buffer.alloc(32, 7));
  expect((await encrypt('--key', arn(1), '--raw-aes-key', 'raw', ...WRITER)).code).toBe(0);
  const back = await kmsLens(['envelope', 'decrypt', 'letter.enc', '-o', 'back.txt', '--raw-aes-key', 'raw'], {
    cwd: folder,
  });
  expect(back.code).toBe(0);
  expect(read('back.txt').toString()).toBe(PAYLOAD);
});

test('the root user is who gives no access key, where the service is not strict', async () => {
  const { encrypt, running } = await place('--no-strict');
  const { code, stderr } = await encrypt('--key', arn(1));
  expect([code, stderr]).toEqual([2, expect.stringContaining('AccessDeniedException')]);
  expect(running.written.out).toContain('arn:aws:iam::111122223333:root (fallback)  GenerateDataKey');
});

test.each([
  ['a stranger', 'alias/both', [], /UnrecognizedClientException.*`--access-key-id`/],
  [
    'somebody who may not',
    'alias/both',
    READER,
    /AccessDeniedException: User: .*\/Reader\/.*allow kms:GenerateDataKey/,
  ],
  ['a secret that is another one', 'alias/both', ['--access-key-id', 'AKIAKMSLENSWRITER'], /InvalidSignature.*secret/],
  ['a key that is not there', 'alias/none', WRITER, /NotFoundException: Alias \S+ is not found; `aws kms list-aliases/],
  ['a key that is disabled', 'alias/off', WRITER, /DisabledException: .*; enable it: `aws kms enable-key/],
])('%s encrypts nothing', async (_, key, options, message) => {
  const { encrypt, names, running } = await place();
  const { code, stdout, stderr } = await encrypt('--key', key, ...REGION, ...options);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toContain(
    `kms-lens: cannot encrypt \`letter.txt\`: KMS on ${running.url} refuses GenerateDataKey under \`${key}\``,
  );
  expect(stderr).toMatch(message);
  expect(names()).toEqual([]);
});

test('another encryption context, and another run, decrypt nothing and leave what is there', async () => {
  const { encrypt, decrypt, folder, read, running } = await place();
  await encrypt('--key', arn(1), ...WRITER, '--encryption-context', 'tenant=blue');
  writeFileSync(join(folder, 'back.txt'), 'as it was');
  const message = read('letter.enc');
  const expectRefused = async (what: RegExp, ...options: readonly string[]) => {
    const { code, stderr } = await decrypt(...READER, ...options);
    expect(stderr).toMatch(what);
    expect(read('back.txt').toString()).toBe('as it was');
    return code;
  };
  expect(await expectRefused(/encryption context/, '--encryption-context', 'tenant=red')).toBe(1);
  const changed = Buffer.from(message);
  changed.write('teal', message.indexOf('blue'));
  writeFileSync(join(folder, 'letter.enc'), changed);
  expect(await expectRefused(/refuses Decrypt under `\S+`: InvalidCiphertextException; the encrypted data key/)).toBe(
    1,
  );
  writeFileSync(join(folder, 'letter.enc'), message);
  running.child.kill('SIGTERM');
  await running.ended;
  expect(await expectRefused(/nothing listens on \S+: start it with `kms-lens serve --port \d+`/)).toBe(2);
  const again = await start('--scenario', join(folder, 'world.kms-scenario.json'));
  expect(await expectRefused(/made by another run of `kms-lens serve`/, '--endpoint', again.url)).toBe(1);
});

test.each([
  ['a page', 200, 'text/html', '<html>Hello</html>'],
  ['an error of another kind', 404, 'application/json', '{"error":"there is no such path"}'],
  ['an answer without bytes', 200, 'application/x-amz-json-1.1', '{"KeyId":"a"}'],
  [
    'too short a data key',
    200,
    'application/x-amz-json-1.1',
    '{"KeyId":"a","Plaintext":"AQ==","CiphertextBlob":"AQ=="}',
  ],
  ['what moves the cursor', 400, 'application/json', '{"__type":"a#B","message":"\\u001b[2J"}'],
])('%s is no answer of KMS that helps', async (_, status, type, body) => {
  const other = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  const cwd = folderWith({ a: 'a' });
  const args = ['encrypt', 'a', '-o', 'b', '--endpoint', `http://127.0.0.1:${port}`, '--key', arn(1)];
  const { code, stderr } = await kmsLens(['envelope', ...args], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/is no KMS: give the URL|KMS gave 1 bytes|B: \\u001b\[2J/);
  expect(stderr).not.toContain('\u001b');
  expect(existsSync(join(cwd, 'b'))).toBe(false);
});

test.each([
  [
    ['--endpoint', 'https://kms.eu-central-1.amazonaws.com', '--key', arn(1)],
    'opens no connection that leaves the machine',
  ],
  [['--endpoint', 'http://192.0.2.7:4599', '--key', arn(1)], 'opens no connection that leaves the machine'],
  [['--endpoint', 'http://127.0.0.1.example.com', '--key', arn(1)], 'opens no connection that leaves the machine'],
  [['--endpoint', 'http://[::2]:4599', '--key', arn(1)], 'opens no connection that leaves the machine'],
  [['--endpoint', 'http://0.0.0.0:4599', '--key', arn(1)], 'opens no connection that leaves the machine'],
  [['--endpoint', '4599', '--key', arn(1)], 'such as http://127.0.0.1:4599'],
  [['--endpoint', 'https://127.0.0.1:4599', '--key', arn(1)], 'there is no TLS'],
  [['--endpoint', 'http://me:secret@127.0.0.1:4599', '--key', arn(1)], 'nothing but an address and a port'],
  [['--endpoint', 'http://127.0.0.1:4599/kms', '--key', arn(1)], 'nothing but an address and a port'],
  [['--endpoint', 'http://127.0.0.1:4599'], 'name the key to encrypt under with `--key NAME`'],
  [['--endpoint', 'http://127.0.0.1:4599', '--key', 'alias/a'], 'say with `--region REGION` where `alias/a` is'],
  [['--key', 'alias/a'], '`--key` goes with `--endpoint URL`'],
  [
    ['--endpoint', 'http://127.0.0.1:4599', '--key', arn(1), '--secret-access-key-file', 'a'],
    'goes with `--access-key-id',
  ],
  [
    ['--endpoint', 'http://127.0.0.1:4599', '--key', arn(1), '--access-key-id', `AKIA${'QWERTYUIOPASDFGH'}`],
    'It looks like a real access key',
  ],
  [
    [
      ...['--endpoint', 'http://127.0.0.1:4599', '--key', arn(1)],
      ...['--access-key-id', 'A', '--secret-access-key-file', 'lines'],
    ],
    '`lines` is no secret',
  ],
])('wrong usage: %j', async (options, message) => {
  const cwd = folderWith({ a: 'a', lines: '[default]\naws_access_key_id = a\n' });
  const { code, stderr } = await kmsLens(['envelope', 'encrypt', 'a', '-o', 'b', ...options], { cwd });
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
  expect(existsSync(join(cwd, 'b'))).toBe(false);
});
