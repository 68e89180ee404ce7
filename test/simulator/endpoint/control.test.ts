import { describe, expect, test } from 'vitest';
import type { Endpoint } from '../../../simulator/endpoint/endpoint.ts';
import { HOST, read, requestFor, served } from './world.ts';

const START = Date.parse('2026-11-28T12:00:00Z');
const DAY = 24 * 60 * 60 * 1000;

const still = { realClock: { now: () => START } };

function control(endpoint: Endpoint, method: string, path: string, body: unknown = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return endpoint.answer({ method, path: `/_kms-lens/${path}`, headers: { host: HOST }, body: Buffer.from(text) });
}

const call = async (endpoint: Endpoint, operation: string, input: unknown = {}) =>
  read(await endpoint.answer(requestFor({ operation, input }))).value;

test('health says what time it is there', async () => {
  const { endpoint } = await served({}, still);
  expect(read(await control(endpoint, 'GET', 'health'))).toMatchObject({
    status: 200,
    value: { status: 'ok', now: '2026-11-28T12:00:00.000Z', events: 0 },
  });
});

describe('the clock', () => {
  test('starts at the real time, or where the scenario does', async () => {
    const scenario = { now: '2020-02-29T00:00:00Z', keys: { k: { rotation: { enabled: true } } } };
    const { endpoint: real } = await served(scenario, still);
    const { endpoint: scenic } = await served(scenario, { ...still, clock: 'scenario' });
    expect([real.now, scenic.now]).toEqual([START, Date.parse(scenario.now)]);
    const { Keys } = read(await real.answer(requestFor({ operation: 'ListKeys', region: 'us-east-1' }))).value;
    const asked = { operation: 'GetKeyRotationStatus', input: { KeyId: Keys[0].KeyId }, region: 'us-east-1' };
    const { NextRotationDate } = read(await real.answer(requestFor(asked))).value;
    expect(NextRotationDate).toBe((START + 365 * DAY) / 1000);
  });

  test('lets happen what is due', async () => {
    const { endpoint } = await served({}, still);
    const { KeyId } = (await call(endpoint, 'CreateKey')).KeyMetadata;
    await call(endpoint, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    expect(read(await control(endpoint, 'POST', 'clock', { advance: 'P8D' })).value).toEqual({
      now: '2026-12-06T12:00:00.000Z',
    });
    expect(endpoint.trail.map(({ eventName }) => eventName)).toEqual(['CreateKey', 'ScheduleKeyDeletion', 'DeleteKey']);
    expect((await call(endpoint, 'DescribeKey', { KeyId })).__type).toBe('NotFoundException');
  });

  test('is set', async () => {
    const { endpoint } = await served({}, still);
    await control(endpoint, 'POST', 'clock', { set: '2027-01-01T00:00:00Z' });
    expect(endpoint.now).toBe(Date.parse('2027-01-01T00:00:00Z'));
  });

  test.each([
    {},
    'no json',
    'null',
    { advance: 8 },
    { advance: '8 days' },
    { advance: 'P8D', set: '2027-01-01T00:00:00Z' },
    { set: 'tomorrow' },
    { set: '2026-11-28T11:59:59Z' },
    { advance: 'P9999999D' },
    { advance: `P${'9'.repeat(400)}D` },
  ])('does not take %j', async (body) => {
    const { endpoint } = await served({}, still);
    const answer = read(await control(endpoint, 'POST', 'clock', body));
    expect(answer).toMatchObject({ status: 400, value: { error: expect.any(String) } });
    expect(endpoint.now).toBe(START);
  });
});

test('a reset brings back the start', async () => {
  const scenario = {
    region: 'eu-central-1',
    keys: { k: { aliases: ['alias/k'] }, rsa: { spec: 'RSA_2048', aliases: ['alias/rsa'] } },
  };
  const { endpoint } = await served(scenario, still);
  const before = await call(endpoint, 'ListKeys');
  const publicKey = await call(endpoint, 'GetPublicKey', { KeyId: 'alias/rsa' });
  const { CiphertextBlob } = await call(endpoint, 'Encrypt', { KeyId: 'alias/k', Plaintext: 'AQID' });
  await call(endpoint, 'CreateKey');
  await control(endpoint, 'POST', 'clock', { advance: 'P8D' });
  expect(read(await control(endpoint, 'POST', 'reset')).value).toEqual({ now: '2026-11-28T12:00:00.000Z' });
  expect([await call(endpoint, 'ListKeys'), endpoint.trail.length]).toEqual([before, 1]);
  expect((await call(endpoint, 'Decrypt', { CiphertextBlob })).Plaintext).toBe('AQID');
  expect(await call(endpoint, 'GetPublicKey', { KeyId: 'alias/rsa' })).toEqual(publicKey);
});

describe('the trail', () => {
  test('is there as far as it goes', async () => {
    const { endpoint } = await served({}, still);
    await call(endpoint, 'CreateKey');
    await call(endpoint, 'ListKeys');
    const { body, follow, headers } = await control(endpoint, 'GET', 'trail?follow=false');
    expect(follow).toBeUndefined();
    expect(headers['content-type']).toBe('application/x-ndjson');
    const lines = body.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).eventName)).toEqual(['CreateKey', 'ListKeys']);
  });

  test('goes on, also after a reset, until its reader ends', async () => {
    const { endpoint } = await served({}, still);
    const { follow } = await control(endpoint, 'GET', 'trail');
    const heard: string[] = [];
    const end = follow?.((line) => heard.push(JSON.parse(line).eventName));
    await call(endpoint, 'CreateKey');
    await control(endpoint, 'POST', 'reset');
    await call(endpoint, 'ListKeys');
    end?.();
    await call(endpoint, 'ListAliases');
    expect(heard).toEqual(['CreateKey', 'ListKeys']);
  });

  test('has the latest ten thousand events at least, and not all for ever', async () => {
    const { endpoint } = await served({}, still);
    const request = requestFor({ operation: 'ListKeys' });
    for (let count = 0; count < 20_500; count++) await endpoint.answer(request);
    expect(endpoint.trail.length).toBeGreaterThanOrEqual(10_000);
    expect(endpoint.trail.length).toBeLessThan(20_000);
  });
});

test.each([
  ['GET', 'nothing', 404],
  ['GET', 'constructor', 404],
  ['GET', 'reset', 405],
  ['POST', 'trail', 405],
  ['DELETE', 'health', 405],
])('%s %s is %i', async (method, path, status) => {
  const { endpoint } = await served({});
  expect(read(await control(endpoint, method, path))).toMatchObject({ status, value: { error: expect.any(String) } });
});
