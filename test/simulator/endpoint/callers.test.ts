import { describe, expect, test } from 'vitest';
import { Callers } from '../../../simulator/endpoint/callers.ts';
import { isSignedWith } from '../../../simulator/endpoint/signature.ts';
import { type Asked, changed, nobody, read, requestFor, served, worldOf } from './world.ts';

const app = { id: 'AKIAKMSLENSAPP', secret: 'kms-lens-app' };
const free = { id: 'AKIAKMSLENSFREE', secret: 'whatever' };
const MINUTE = 60_000;

const scenario = {
  region: 'eu-central-1',
  principals: {
    App: {
      arn: 'arn:aws:iam::111122223333:role/App',
      accessKeyId: app.id,
      secretAccessKey: app.secret,
      policies: [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'kms:ListKeys', Resource: '*' } }],
    },
    Free: { arn: 'arn:aws:iam::111122223333:user/Free', accessKeyId: free.id },
    China: { arn: 'arn:aws-cn:iam::111122223333:user/China', accessKeyId: 'AKIAKMSLENSCHINA' },
  },
};

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';

const ask = (more: Partial<Asked> = {}) => requestFor({ operation: 'ListKeys', credentials: app, ...more });

describe('a secret is known', () => {
  test.each([
    ['as SDKs of JavaScript sign', { 'amz-sdk-request': 'attempt=1; max=3', 'x-amz-security-token': 'session' }],
    ['with what the library never signs itself', { 'user-agent': 'aws-cli/2', 'x-amzn-trace-id': 'Root=1' }],
    ['with spaces', { 'x-amz-note': '  two   words ' }],
    ['with names of the prototype', { constructor: 'x' }],
  ])('a request is signed %s', async (_, headers) => {
    const { endpoint, reports } = await served(scenario);
    expect(read(await endpoint.answer(ask({ headers })))).toMatchObject({ status: 200, value: { Keys: [] } });
    expect(reports).toMatchObject([{ principal: 'App', region: 'eu-central-1', rootFallback: false }]);
  });

  test('the hash of the body may be sent, and has to be right', async () => {
    const { endpoint } = await served(scenario);
    const right = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
    const status = async (hash: string) =>
      (await endpoint.answer(ask({ headers: { 'x-amz-content-sha256': hash } }))).status;
    expect([await status(right), await status('0'.repeat(64)), await status('UNSIGNED-PAYLOAD')]).toEqual([
      200, 400, 400,
    ]);
  });

  test.each([
    ['another secret', () => ask({ credentials: { ...app, secret: 'kms-lens-other' } })],
    ['another body', () => ({ ...ask(), body: Buffer.from('{"Limit": 1}') })],
    ['another target', () => changed(ask(), { 'x-amz-target': 'TrentService.ListAliases' })],
    ['another host', () => changed(ask(), { host: 'localhost' })],
    ['another value', () => changed(ask({ headers: { 'x-amz-note': 'a' } }), { 'x-amz-note': 'b' })],
    ['a header less', () => changed(ask({ headers: { 'x-amz-note': 'a' } }), { 'x-amz-note': undefined })],
    [
      'the host unsigned',
      () => {
        const request = ask();
        return changed(request, { authorization: request.headers['authorization']?.replace(';host', '') });
      },
    ],
    [
      'another day in its scope',
      () => {
        const request = ask();
        return changed(request, {
          authorization: request.headers['authorization']?.replace(/\/\d{8}\//, '/20200101/'),
        });
      },
    ],
    [
      'another Region in its scope',
      () => {
        const request = ask();
        return changed(request, {
          authorization: request.headers['authorization']?.replace('eu-central-1', 'us-east-1'),
        });
      },
    ],
  ])('%s is noticed', async (_, request) => {
    const { endpoint, reports } = await served(scenario);
    expect(read(await endpoint.answer(request()))).toMatchObject({
      status: 400,
      type: 'InvalidSignatureException',
      message: MISMATCH,
    });
    expect(reports[0]?.error?.name).toBe('InvalidSignatureException');
    expect(endpoint.trail).toEqual([]);
  });

  test.each([
    [-5 * MINUTE, 200, undefined],
    [5 * MINUTE, 200, undefined],
    [
      -5 * MINUTE - 1000,
      400,
      'Signature expired: 20261128T115459Z is now earlier than 20261128T115500Z (20261128T120000Z - 5 min.)',
    ],
    [
      5 * MINUTE + 1000,
      400,
      'Signature not yet current: 20261128T120501Z is still later than 20261128T120500Z (20261128T120000Z + 5 min.)',
    ],
  ])('the date counts: %i ms from now', async (offset, status, message) => {
    const now = Date.parse('2026-11-28T12:00:00Z');
    const { endpoint } = await served(scenario, { realClock: { now: () => now } });
    // Whatever time it is in the world, signatures are made in real time.
    endpoint.advance(1e9);
    const answer = read(await endpoint.answer(ask({ at: now + offset })));
    expect([answer.status, answer.message]).toEqual([status, message]);
  });
});

describe('who calls', () => {
  test('without a secret nothing is verified', async () => {
    const { endpoint, reports } = await served(scenario);
    await endpoint.answer(ask({ credentials: { ...free, secret: 'anything' }, at: 0 }));
    expect(reports).toMatchObject([{ principal: 'Free', error: { name: 'AccessDeniedException' } }]);
  });

  test('unknown keys are refused where the scenario declares some', async () => {
    const { endpoint } = await served(scenario);
    expect(read(await endpoint.answer(ask({ credentials: nobody })))).toMatchObject({
      status: 400,
      type: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    });
  });

  test.each([
    ['nothing is declared', {}, {}],
    ['it is asked for', scenario, { strict: false }],
  ])('unknown keys act as the root user where %s', async (_, world, options) => {
    const { endpoint, reports } = await served(world, options);
    expect((await endpoint.answer(ask({ credentials: nobody, operation: 'CreateKey' }))).status).toBe(200);
    expect(reports).toMatchObject([{ principal: 'arn:aws:iam::111122223333:root', rootFallback: true }]);
    expect(endpoint.trail).toMatchObject([
      { eventName: 'CreateKey', userIdentity: { type: 'Root' }, additionalEventData: { rootFallback: true } },
    ]);
  });

  test('nobody is root where that is refused', async () => {
    const { endpoint } = await served({}, { strict: true });
    expect(read(await endpoint.answer(ask())).type).toBe('UnrecognizedClientException');
  });

  test('the fallback is of the partition that is called', async () => {
    const { endpoint, reports } = await served({});
    const request = ask({ operation: 'CreateKey', region: 'cn-north-1' });
    expect(read(await endpoint.answer(request)).value.KeyMetadata.Arn).toMatch(/^arn:aws-cn:kms:cn-north-1:/);
    expect(reports[0]?.principal).toBe('arn:aws-cn:iam::111122223333:root');
  });

  test('a key of another partition is unknown', async () => {
    const { endpoint } = await served(scenario);
    const china = { id: 'AKIAKMSLENSCHINA', secret: '' };
    const type = async (region: string) => read(await endpoint.answer(ask({ credentials: china, region }))).type;
    expect([await type('eu-central-1'), await type('cn-north-1')]).toEqual([
      'UnrecognizedClientException',
      'AccessDeniedException',
    ]);
  });

  test('requests without a signature are answered where that is asked for', async () => {
    const unsigned = changed(ask(), { authorization: undefined });
    const { endpoint } = await served(scenario);
    expect(read(await endpoint.answer(unsigned))).toMatchObject({
      status: 400,
      type: 'MissingAuthenticationTokenException',
      message: 'Request is missing Authentication Token',
    });
    const { endpoint: open, reports } = await served({ region: 'eu-west-1' }, { allowUnsigned: true });
    expect((await open.answer(unsigned)).status).toBe(200);
    expect(reports).toMatchObject([{ region: 'eu-west-1', rootFallback: true }]);
  });

  test('one access key is one principal', async () => {
    const { App, Free } = scenario.principals;
    const world = await worldOf({ principals: { App, Free: { ...Free, accessKeyId: app.id } } });
    expect(() => new Callers(world, { isSignedWith, realTime: () => 0 })).toThrow(/`App` and `Free` have the same/);
  });
});

describe('what no signature looks like', () => {
  const credential = 'Credential=AKIDEXAMPLE/20261128/eu-central-1/kms/aws4_request';
  const rest = 'SignedHeaders=host;x-amz-date, Signature=00';
  test.each([
    ['Basic dXNlcjpwYXNz', 'IncompleteSignatureException', /Unsupported AWS 'algorithm': 'Basic'/],
    ['AWS4-HMAC-SHA256', 'IncompleteSignatureException', /'Credential' parameter.*'Signature'.*'SignedHeaders'/],
    [`AWS4-HMAC-SHA256 ${credential}`, 'IncompleteSignatureException', /requires 'Signature'/],
    [`AWS4-HMAC-SHA256 Credential=a/b/c, ${rest}`, 'IncompleteSignatureException', /exactly 5 slash-delimited/],
    [
      `AWS4-HMAC-SHA256 ${credential.replace('kms', 's3')}, ${rest}`,
      'InvalidSignatureException',
      /scoped to correct service: 'kms'/,
    ],
    [
      `AWS4-HMAC-SHA256 ${credential.replace('eu-central-1', 'mars-1')}, ${rest}`,
      'InvalidSignatureException',
      /valid region/,
    ],
  ])('%s', async (authorization, type, message) => {
    const { endpoint } = await served({});
    const answer = read(await endpoint.answer(changed(ask(), { authorization })));
    expect(answer).toMatchObject({ status: 400, type });
    expect(answer.message).toMatch(message);
  });

  test.each([undefined, 'yesterday'])('a date %s', async (date) => {
    const { endpoint } = await served({});
    expect(read(await endpoint.answer(changed(ask(), { 'x-amz-date': date }))).type).toBe(
      'IncompleteSignatureException',
    );
  });
});
