import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Serving, serve } from './serve.ts';

/** The AWS CLI and boto3, where they are installed. They see no credentials but those of the scenario. */

const has = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0;
const hasCli = has('aws', '--version');
const hasBoto = has('python3', '-c', 'import boto3');

const home = mkdtempSync(join(tmpdir(), 'kms-lens-aws-'));
let serving: Serving;

beforeAll(async () => {
  if (hasCli || hasBoto) serving = await serve('--scenario', 'examples/local-kms.kms-scenario.json');
});
afterAll(async () => {
  await serving?.end();
  rmSync(home, { recursive: true, force: true });
});

function run(command: string, args: readonly string[], [id, secret]: readonly [string, string] = app) {
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ACCESS_KEY_ID: id,
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_PAGER: '',
  };
  const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

const app = ['AKIAKMSLENSAPP', 'kms-lens-app-secret'] as const;
const admin = ['AKIAKMSLENSADMIN', 'kms-lens-admin-secret'] as const;

describe.skipIf(!hasCli)('the AWS CLI', () => {
  const aws = (args: readonly string[], who?: readonly [string, string]) =>
    run('aws', ['kms', ...args, '--endpoint-url', serving.url, '--region', 'eu-central-1', '--output', 'json'], who);

  test('makes keys, and gets data keys that it decrypts', () => {
    const made = aws(['create-key'], admin);
    expect([made.status, made.stderr]).toEqual([0, '']);
    expect(JSON.parse(made.stdout).KeyMetadata).toMatchObject({ KeySpec: 'SYMMETRIC_DEFAULT', Enabled: true });
    const context = ['--encryption-context', 'service=orders'];
    const key = aws(['generate-data-key', '--key-id', 'alias/orders', '--key-spec', 'AES_256', ...context]);
    expect([key.status, key.stderr]).toEqual([0, '']);
    const { CiphertextBlob, Plaintext } = JSON.parse(key.stdout);
    // Both versions of the AWS CLI take bytes from a file.
    const file = join(home, 'blob');
    writeFileSync(file, Buffer.from(CiphertextBlob, 'base64'));
    const opened = aws(['decrypt', '--ciphertext-blob', `fileb://${file}`, ...context]);
    expect([opened.status, opened.stderr]).toEqual([0, '']);
    expect(JSON.parse(opened.stdout).Plaintext).toBe(Plaintext);
  });

  test('shows what is refused', () => {
    const { status, stderr } = aws(['generate-data-key', '--key-id', 'alias/orders', '--key-spec', 'AES_256']);
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/AccessDeniedException.*not authorized to perform: kms:GenerateDataKey/);
  });
});

describe.skipIf(!hasBoto)('boto3', () => {
  test('encrypts and decrypts', () => {
    const program = `import boto3
client = boto3.client('kms', endpoint_url='URL', region_name='eu-central-1')
context = {'service': 'orders'}
made = client.generate_data_key(KeyId='alias/orders', KeySpec='AES_256', EncryptionContext=context)
print(client.decrypt(CiphertextBlob=made['CiphertextBlob'], EncryptionContext=context)['Plaintext'] == made['Plaintext'])
try:
    client.decrypt(CiphertextBlob=made['CiphertextBlob'])
except client.exceptions.ClientError as error:
    print(error.response['Error']['Code'])
`;
    const { stdout, stderr } = run('python3', ['-c', program.replace('URL', serving.url)]);
    expect([stdout, stderr]).toEqual(['True\nAccessDeniedException\n', '']);
  });
});
