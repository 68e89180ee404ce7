import { describe, expect, test } from 'vitest';
import { operationNames } from '../../../simulator/kms/service.ts';
import { type Asked, changed, HOST, read, requestFor, served } from './world.ts';

const REGION = 'eu-central-1';
const ask = (operation: string, input?: unknown, more: Partial<Asked> = {}) =>
  requestFor({ operation, input, ...more });

describe('what is no request for an operation', () => {
  test.each([
    ['another method', { method: 'GET' }, {}, 404],
    ['another path', { path: '/keys' }, {}, 404],
    ['a query', { path: '/?Action=ListKeys' }, {}, 404],
    ['another content', {}, { 'content-type': 'application/json' }, 404],
    ['no content type', {}, { 'content-type': undefined }, 404],
    ['no target', {}, { 'x-amz-target': undefined }, 400],
    ['another service', {}, { 'x-amz-target': 'DynamoDB_20120810.ListTables' }, 400],
    ['no such operation', {}, { 'x-amz-target': 'TrentService.Listkeys' }, 400],
    ['a name of the prototype', {}, { 'x-amz-target': 'TrentService.constructor' }, 400],
  ])('%s', async (_, request, headers, status) => {
    const { endpoint } = await served({});
    const answer = await endpoint.answer({ ...changed(ask('ListKeys'), headers), ...request });
    expect(read(answer)).toMatchObject({ status, value: { __type: 'UnknownOperationException' } });
    expect(answer.headers['x-amzn-errortype']).toBe('UnknownOperationException');
  });

  test('a character set may stand behind the type', async () => {
    const { endpoint } = await served({});
    const headers = { 'content-type': 'application/x-amz-json-1.1; charset=utf-8' };
    expect((await endpoint.answer(ask('ListKeys', {}, { headers }))).status).toBe(200);
  });
});

describe('who is kept out', () => {
  test.each([
    ['evil.example', 403],
    ['127.0.0.1.evil.example', 403],
    ['localhost.evil.example:4599', 403],
    ['10.0.0.1', 403],
    ['', 403],
    ['localhost', 200],
    ['LOCALHOST:4599', 200],
    ['kms.eu-central-1.localhost:4599', 200],
    ['127.0.0.1:80', 200],
    ['[::1]:4599', 200],
  ])('host %s: %i', async (host, status) => {
    const { endpoint } = await served({});
    const answers = await Promise.all([
      endpoint.answer(changed(ask('ListKeys'), { host })),
      endpoint.answer({ method: 'GET', path: '/_kms-lens/health', headers: { host }, body: new Uint8Array() }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([status, status]);
  });

  test.each([{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])(
    'pages of a browser: %j',
    async (headers) => {
      const { endpoint } = await served({});
      const reset = { method: 'POST', path: '/_kms-lens/reset', headers: { host: HOST, ...headers } };
      expect((await endpoint.answer({ ...reset, body: new Uint8Array() })).status).toBe(403);
    },
  );
});

describe('answers', () => {
  test('bear the id that CloudTrail records', async () => {
    const { endpoint, reports } = await served({});
    const headers = { 'user-agent': 'test/1' };
    const { headers: answered } = await endpoint.answer(ask('ListKeys', {}, { headers }));
    expect(answered).toMatchObject({ 'content-type': 'application/x-amz-json-1.1' });
    const id = answered['x-amzn-requestid'];
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(endpoint.trail).toMatchObject([{ requestID: id, userAgent: 'test/1', sourceIPAddress: '127.0.0.1' }]);
    expect(reports).toMatchObject([{ requestId: id, operation: 'ListKeys', region: REGION, error: undefined }]);
  });

  test('without a member have no body', async () => {
    const { endpoint } = await served({});
    const { KeyId } = read(await endpoint.answer(ask('CreateKey'))).value.KeyMetadata;
    expect(await endpoint.answer(ask('DisableKey', { KeyId }))).toMatchObject({ status: 200, body: '' });
  });

  test.each([
    ['DescribeKey', { KeyId: 'alias/none' }, 'NotFoundException', /alias\/none/],
    ['DescribeKey', {}, 'ValidationException', /Value null at 'keyId'/],
    ['DescribeKey', { KeyId: 7 }, 'SerializationException', /NUMBER_VALUE can not be converted to a String/],
    ['Encrypt', { KeyId: 'k', Plaintext: '!' }, 'SerializationException', /base64/],
    ['Decrypt', { CiphertextBlob: 'AAAA' }, 'InvalidCiphertextException', undefined],
    ['ListKeys', { Marker: 'x' }, 'InvalidMarkerException', undefined],
  ])('%s %j is %s', async (operation, input, type, message) => {
    const { endpoint, reports } = await served({});
    const answer = read(await endpoint.answer(ask(operation, input)));
    expect(answer).toMatchObject({ status: 400, type });
    if (message) expect(answer.message).toMatch(message);
    else expect(answer.value).toEqual({ __type: type });
    expect(reports[0]?.error?.name).toBe(type);
  });

  test('every operation has its place', async () => {
    const { endpoint, faults } = await served({});
    for (const name of operationNames)
      expect(read(await endpoint.answer(ask(name, {}))).type ?? 'ok', name).not.toMatch(/Unknown|Internal/);
    expect(faults).toEqual([]);
  });

  test('what hangs on something that nobody said is no answer of AWS', async () => {
    const { endpoint } = await served({
      principals: { A: { arn: 'arn:aws:iam::111122223333:user/A', accessKeyId: 'AKIAKMSLENSA' } },
      keys: {
        k: {
          aliases: ['alias/k'],
          policy: {
            Version: '2012-10-17',
            Statement: {
              Effect: 'Allow',
              Principal: { AWS: 'arn:aws:iam::111122223333:user/A' },
              Action: 'kms:DescribeKey',
              Resource: '*',
              Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
            },
          },
        },
      },
    });
    const credentials = { id: 'AKIAKMSLENSA', secret: '' };
    const request = ask('DescribeKey', { KeyId: 'alias/k' }, { credentials, region: 'us-east-1' });
    expect(read(await endpoint.answer(request))).toMatchObject({
      status: 400,
      type: 'KmsLensUndecidedException',
      message: expect.stringContaining('aws:MultiFactorAuthPresent'),
    });
  });

  test('a mistake of ours is told, and is a fault of KMS to the caller', async () => {
    const { endpoint, faults } = await served(
      {
        principals: {
          A: { arn: 'arn:aws:iam::111122223333:user/A', accessKeyId: 'AKIAKMSLENSA', secretAccessKey: 'kms-lens-a' },
        },
      },
      {
        isSignedWith: () => {
          throw new Error('broken');
        },
      },
    );
    const answer = await endpoint.answer(ask('ListKeys', {}, { credentials: { id: 'AKIAKMSLENSA', secret: 'x' } }));
    expect(read(answer)).toMatchObject({ status: 500, type: 'KMSInternalException' });
    expect(String(faults[0])).toContain('broken');
  });

  test('long requests do not fill the memory', async () => {
    const { endpoint } = await served({});
    for (let count = 0; count < 60; count++)
      expect((await endpoint.answer(ask('DescribeKey', { KeyId: `${count}${'a'.repeat(900_000)}` }))).status).toBe(400);
    expect(JSON.stringify(endpoint.trail).length).toBeLessThan(2 ** 25);
    expect(endpoint.trail.at(-1)?.requestParameters?.['keyId']).toMatch(/^59a/);
  });

  test('what people send by mistake is not reported', async () => {
    const { endpoint, reports } = await served({});
    await endpoint.answer(ask('DescribeKey', { KeyId: 'AKIA1234567890ABCDEF' }));
    expect(JSON.stringify(reports[0]?.keyId)).not.toContain('1234567890ABCDEF');
  });
});

test('all Regions are on one port, each with keys of its own', async () => {
  const { endpoint } = await served({});
  const regions = ['eu-central-1', 'us-east-1'];
  for (const region of regions) {
    const made = read(await endpoint.answer(ask('CreateKey', {}, { region }))).value.KeyMetadata;
    expect(made.Arn).toContain(`:kms:${region}:`);
    expect(read(await endpoint.answer(ask('ListKeys', {}, { region }))).value.Keys).toEqual([
      { KeyId: made.KeyId, KeyArn: made.Arn },
    ]);
  }
});

test('many calls at once do not disturb each other', async () => {
  const { endpoint, faults } = await served({});
  const { KeyId } = read(await endpoint.answer(ask('CreateKey'))).value.KeyMetadata;
  const texts = Array.from({ length: 100 }, (_, index) => Buffer.from(`text ${index}`).toString('base64'));
  const back = await Promise.all(
    texts.map(async (Plaintext) => {
      const sealed = read(await endpoint.answer(ask('Encrypt', { KeyId, Plaintext }))).value;
      return read(await endpoint.answer(ask('Decrypt', { CiphertextBlob: sealed.CiphertextBlob }))).value.Plaintext;
    }),
  );
  expect(back).toEqual(texts);
  expect(faults).toEqual([]);
});
