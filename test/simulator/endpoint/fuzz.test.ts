import { connect } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HttpRequest } from '../../../simulator/endpoint/http.ts';
import { listen } from '../../../simulator/endpoint/node.ts';
import { operations } from '../../../simulator/kms/operations.ts';
import { operationNames } from '../../../simulator/kms/service.ts';
import { changed, requestFor, type Served, served } from './world.ts';

/** Whatever comes: there is an answer, it is no fault of ours, and the service goes on. */

const SEED = 20261128;

const scenario = {
  region: 'eu-central-1',
  keys: {
    symmetric: { aliases: ['alias/a'] },
    rsa: { aliases: ['alias/rsa'], spec: 'RSA_2048', usage: 'SIGN_VERIFY' },
    hmac: { aliases: ['alias/mac'], spec: 'HMAC_256', usage: 'GENERATE_VERIFY_MAC' },
    external: { aliases: ['alias/external'], origin: 'EXTERNAL', state: 'PendingImport' },
  },
};

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'alias/a',
    'alias/rsa',
    'alias/mac',
    'alias/external',
    '',
    '__proto__',
    'AQID',
    '{}',
    '\ud800',
    '\u0000',
  ),
);
const anything = fc.oneof(
  { weight: 3, arbitrary: text },
  fc.jsonValue({ maxDepth: 3 }),
  fc.double(),
  fc.constantFrom(-1, 1e308, 2 ** 53, null),
  fc.dictionary(text, fc.oneof(text, fc.integer()), { maxKeys: 5 }),
  fc.array(fc.oneof(text, fc.dictionary(text, text, { maxKeys: 3 })), { maxLength: 5 }),
);

/** Requests whose members exist and hold anything, or one of their choices. */
const requests = fc.constantFrom(...operationNames).chain((operation) => {
  const members = Object.entries(operations[operation].members).map(([name, { shape }]) => {
    const sound = shape.choices
      ? fc.constantFrom(...shape.choices)
      : name.endsWith('KeyId')
        ? fc.constant('alias/a')
        : text;
    return [name, fc.oneof(sound, anything)] as const;
  });
  return fc
    .record(Object.fromEntries(members), { requiredKeys: [] })
    .map((input) => requestFor({ operation, input: JSON.stringify(input), at: 0 }));
});

const headerNames = fc.constantFrom(
  'authorization',
  'x-amz-date',
  'x-amz-target',
  'content-type',
  'host',
  'user-agent',
);
const broken = fc
  .record({
    request: requests,
    headers: fc.dictionary(headerNames, fc.option(text, { nil: undefined }), { maxKeys: 2 }),
    body: fc.option(fc.uint8Array({ maxLength: 200 }), { nil: undefined }),
    method: fc.constantFrom('POST', 'POST', 'GET', 'PUT', ''),
    path: fc.constantFrom('/', '/', '/', '/_kms-lens/clock', '/_kms-lens/trail?follow=false', '/_kms-lens/', '//', ''),
  })
  .map(
    ({ request, headers, body, ...more }): HttpRequest => ({
      ...changed(request, headers),
      ...more,
      ...(body ? { body } : {}),
    }),
  );

async function answered({ endpoint, faults }: Served, request: HttpRequest): Promise<void> {
  const { status, body, headers } = await endpoint.answer(request);
  expect(faults).toEqual([]);
  expect([200, 400, 403, 404, 405]).toContain(status);
  expect(headers).toBeDefined();
  if (status !== 200) expect(JSON.parse(body)).toBeTypeOf('object');
}

test.each([
  ['with any input', requests],
  ['that are broken anywhere', broken],
] as const)('requests %s', async (_, arbitrary) => {
  const service = await served(scenario);
  await fc.assert(
    fc.asyncProperty(arbitrary, (request) => answered(service, request)),
    { seed: SEED, numRuns: 1500, endOnFailure: true },
  );
});

test('bytes', async () => {
  const { endpoint, faults } = await served(scenario);
  const { port, close } = await listen(endpoint, { host: '127.0.0.1', port: 0 });
  const { headers, body } = requestFor({ operation: 'ListKeys', at: 0 });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const sound = Buffer.from(
    `POST / HTTP/1.1\r\n${lines.join('\r\n')}\r\nconnection: close\r\ncontent-length: 2\r\n\r\n${Buffer.from(body)}`,
  );
  const spots = fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 4 });
  try {
    await fc.assert(
      fc.asyncProperty(spots, fc.nat(sound.length), async (changes, length) => {
        const bytes = Buffer.from(sound.subarray(0, changes.length === 0 ? length : sound.length));
        for (const [at, byte] of changes) bytes[at] = byte;
        await sent(port, bytes);
      }),
      { seed: SEED, numRuns: 300, endOnFailure: true },
    );
    expect(await sent(port, sound)).toContain('200 OK');
    expect(faults).toEqual([]);
  } finally {
    await close();
  }
});

/** What comes back until either side ends. */
function sent(port: number, bytes: Uint8Array): Promise<string> {
  return new Promise((resolve) => {
    let back = '';
    const socket = connect(port, '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (data) => {
      back += data;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(back));
  });
}
