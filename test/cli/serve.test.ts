import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { requestFor } from '../simulator/endpoint/world.ts';
import { kmsLens } from './run.ts';
import { start } from './serving.ts';

const SCENARIO = 'examples/local-kms.kms-scenario.json';
const admin = { id: 'AKIAKMSLENSADMIN', secret: 'kms-lens-admin-secret' };
const app = { id: 'AKIAKMSLENSAPP', secret: 'kms-lens-app-secret' };

type Asked = Parameters<typeof requestFor>[0];

function call(url: string, asked: Asked): Promise<{ readonly status: number | undefined; readonly body: string }> {
  const { method, headers, body } = requestFor(asked);
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers }, (response) => {
      let text = '';
      response.on('data', (data) => {
        text += data;
      });
      response.on('end', () => resolve({ status: response.statusCode, body: text }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

describe('an empty world', () => {
  test('tells how to use it, and what was asked', async () => {
    const { url, written, child, ended } = await start();
    const lines = written.out.split('\n');
    expect(lines.slice(0, 4)).toEqual([
      `KMS on ${url} (empty, account 111122223333); nothing is kept; Ctrl-C ends`,
      `  AWS CLI     aws kms list-keys --endpoint-url ${url} --region us-east-1`,
      `  JavaScript  new KMSClient({ endpoint: '${url}', region: 'us-east-1' })`,
      `  Python      boto3.client('kms', endpoint_url='${url}', region_name='us-east-1')`,
    ]);
    expect(written.out).toContain('every access key acts as the root user of 111122223333');
    expect(await call(url, { operation: 'CreateKey' })).toMatchObject({ status: 200 });
    expect(await call(url, { operation: 'DescribeKey', input: { KeyId: 'alias/a\u001b[2J' } })).toMatchObject({
      status: 400,
    });
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(written.out).toMatch(
      /\n\S+Z {2}eu-central-1 {2}arn:aws:iam::111122223333:root \(fallback\) {2}CreateKey {2}ok\n/,
    );
    expect(written.out).toMatch(/DescribeKey {2}alias\/a.\[2J {2}\w+Exception: /);
    expect(written.out).not.toContain('\u001b');
    expect(written.error).toBe('');
  });

  test('of another account, in JSON', async () => {
    const { url, written, child, ended } = await start('--account', '444455556666', '--format', 'json');
    await call(url, { operation: 'ListKeys', region: 'us-east-1' });
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    const events = written.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events).toMatchObject([
      { event: 'listening', url, account: '444455556666', region: 'us-east-1', strict: false, accessKeys: [] },
      {
        event: 'request',
        operation: 'ListKeys',
        region: 'us-east-1',
        principal: 'arn:aws:iam::444455556666:root',
        rootFallback: true,
        outcome: 'ok',
        requestId: expect.any(String),
      },
      { event: 'stopped' },
    ]);
  });
});

describe('a scenario', () => {
  test('decides who may do what', async () => {
    const { url, written } = await start('--scenario', SCENARIO);
    expect(written.out).toContain('AKIAKMSLENSAPP is App');
    const input = { KeyId: 'alias/orders', KeySpec: 'AES_256' };
    const asked = { operation: 'GenerateDataKey', credentials: app };
    expect(await call(url, { ...asked, input: { ...input, EncryptionContext: { service: 'orders' } } })).toMatchObject({
      status: 200,
    });
    const denied = await call(url, { ...asked, input });
    expect(JSON.parse(denied.body)).toEqual({
      __type: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::111122223333:assumed-role/OrdersApp/session is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab because no identity-based policy allows the kms:GenerateDataKey action',
    });
    await expect
      .poll(() => written.out)
      .toMatch(
        /App {2}GenerateDataKey {2}alias\/orders {2}AccessDeniedException: no identity policy of 111122223333 allows/,
      );
    expect(await call(url, { operation: 'CreateKey', credentials: admin })).toMatchObject({ status: 200 });
    expect(
      await call(url, { operation: 'ListKeys', credentials: { ...admin, secret: 'kms-lens-guessed' } }),
    ).toMatchObject({ status: 400 });
    expect(await call(url, { operation: 'ListKeys' })).toMatchObject({ status: 400 });
  });

  test('is not strict, and starts at its own time, where that is asked for', async () => {
    const { url, written } = await start(
      '--scenario',
      SCENARIO,
      '--no-strict',
      '--clock',
      'scenario',
      '--allow-unsigned',
    );
    expect(written.out).toContain('every other access key acts as the root user');
    expect(written.out).toContain('requests without a signature act as the root user');
    const { body } = await call(url, { operation: 'CreateKey' });
    expect(JSON.parse(body).KeyMetadata.CreationDate).toBeCloseTo(Date.parse('2026-01-15T09:00:00Z') / 1000, -2);
  });
});

describe('what cannot be served', () => {
  test.each([
    [['--scenario', 'none.kms-scenario.json'], /cannot read `none\.kms-scenario\.json`/],
    [['--scenario', 'examples/orders.key-policy.json'], /has mistakes:\n.*orders\.key-policy\.json:\d+:\d+ /],
    [['--scenario', SCENARIO, '--account', '444455556666'], /`--account` is for an empty world/],
    [['--account', '1'], /twelve digits/],
    [['--port', '70000'], /from 0 to 65535/],
    [['--host', '0.0.0.0'], /127\.0\.0\.1, ::1/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await kmsLens(['serve', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(message);
  });

  test('a port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as AddressInfo;
    const { code, stderr } = await kmsLens(['serve', '--port', String(port)]);
    expect([code, stderr]).toEqual([
      2,
      `kms-lens: port ${port} is taken: end the program that has it, or choose another with \`--port\`\n`,
    ]);
  });
});
