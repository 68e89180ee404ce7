import { describe, expect, it, test } from 'vitest';
import { parseJson } from '../../../simulator/json/parse.ts';
import { readScenario } from '../../../simulator/scenario/read.ts';
import type { StepResult } from '../../../simulator/scenario/step.ts';
import { outcomesOf, playScenario } from './play.ts';

const symmetric = 'CryptographicOperationsSymmetric';
const world = {
  region: 'eu-north-1',
  principals: { Bob: { arn: 'arn:aws:iam::444455556666:role/Bob' } },
  keys: {
    orders: { aliases: ['alias/orders'] },
    rsa: { spec: 'RSA_2048', usage: 'SIGN_VERIFY' },
    hsm: { origin: 'AWS_CLOUDHSM' },
    wide: { multiRegion: true, replicas: ['us-east-1'] },
  },
};

async function taken(step: object, more: object = {}): Promise<StepResult> {
  const [result] = await playScenario({ ...world, ...more, steps: [step] });
  if (!result) throw new Error('no step');
  return result;
}

const mixture = { load: { GenerateDataKey: 12_000, Decrypt: 4000 } };

describe('a load', () => {
  it('tells what is refused, where and since when', async () => {
    const result = await taken({ ...mixture, as: 'Bob', on: 'orders' });
    expect(result).toMatchObject({
      outcome: 'info',
      actual: {
        throttled: true,
        quota: symmetric,
        fromSecond: 1,
        refused: { GenerateDataKey: 45_000, Decrypt: 15_000 },
      },
    });
    expect(result.step.title).toBe('load of 12,000 GenerateDataKey + 4,000 Decrypt a second');
    expect(result.reason).toContain('37.5 % are refused from second 1; a quota of 16,000/s would let all pass');
    expect(result.reason).toContain('the calls count for 444455556666, which calls, and not for 111122223333');
    expect(result.parts).toEqual([
      {
        title: symmetric,
        outcome: 'stopped',
        facts: [
          ['quota', '10,000/s'],
          ['asked for', '12,000 GenerateDataKey a second'],
          ['asked for', '4,000 Decrypt a second'],
          ['refused', '60,000 of 160,000 (37.5 %), from second 1'],
          ['quota that would do', '16,000/s'],
        ],
      },
    ]);
    expect(result.events).toBeUndefined();
  });

  it.each<[string, object, object]>([
    ['in another Region', { ...mixture, region: 'us-east-1' }, {}],
    ['in the Region of the file', mixture, { region: 'us-east-1' }],
    ['in that of the key', { ...mixture, on: 'orders' }, { region: 'us-west-2' }],
    ['on a replica', { ...mixture, on: 'wide', region: 'us-east-1' }, {}],
    ['with a raised quota', mixture, { quotas: { [symmetric]: 16_000 } }],
    ['with one raised for it', { ...mixture, quotas: { [symmetric]: 16_000 } }, { quotas: { [symmetric]: 5 } }],
    ['an hour of it', { load: { Decrypt: 36_000_000 }, per: 'hour', for: 'PT1H' }, {}],
    ['with a cache', { ...mixture, caching: { maxAge: 'PT5M', maxMessages: 2 } }, {}],
    ['with a Bucket Key', { load: { 's3:GetObject': 20_000 }, bucketKey: true }, {}],
  ])('%s is not throttled', async (_, step, more) => {
    expect(await taken({ ...step, expect: { throttled: false } }, more)).toMatchObject({
      outcome: 'pass',
      actual: { throttled: false },
    });
  });

  it.each<[object, object]>([
    [mixture, { throttled: true }],
    [mixture, { throttled: true, quota: symmetric, fromSecond: 1 }],
    [mixture, { throttled: true, refused: { Decrypt: 15_000 } }],
    [
      { load: { CreateKey: 600, DescribeKey: 600 }, per: 'minute' },
      { throttled: true, quota: 'CreateKey', refused: { CreateKey: 50, DescribeKey: 0 } },
    ],
    [
      { load: { Sign: 1001 }, on: 'rsa' },
      { throttled: true, quota: 'CryptographicOperationsRSA', refused: { Sign: 10 } },
    ],
    [
      { load: { Sign: 1001 }, keySpec: 'ML_DSA_44', for: 'PT1M' },
      { throttled: true, quota: 'CryptographicOperationsMLDSA', refused: { Sign: 60 } },
    ],
    [
      { load: { Decrypt: 1900 }, on: 'hsm' },
      { throttled: true, quota: 'CustomKeyStore (AWS_CLOUDHSM)', refused: { Decrypt: 1000 } },
    ],
    [
      { load: { GenerateDataKeyPair: 5 }, keyPairSpec: 'RSA_3072' },
      { throttled: true, quota: 'GenerateDataKeyPair (RSA_3072)' },
    ],
  ])('%j is as expected: %j', async (step, expected) => {
    expect(await taken({ ...step, expect: expected })).toMatchObject({ outcome: 'pass', expected });
  });

  it.each<object>([
    { throttled: false },
    { throttled: true, quota: 'CreateKey' },
    { throttled: true, fromSecond: 2 },
    { throttled: true, refused: { Decrypt: 15_001 } },
    { throttled: true, refused: { Decrypt: 15_000, Encrypt: 1 } },
  ])('is otherwise than expected: %j', async (expected) => {
    expect((await taken({ ...mixture, expect: expected })).outcome).toBe('fail');
  });

  it.each<[object, string]>([
    [
      { load: { Decrypt: 1 }, on: 'orders', region: 'us-east-1' },
      '`orders` is not in us-east-1: leave out `region`, or name a key of that Region',
    ],
    [
      { load: { GenerateDataKey: 1 }, on: 'rsa' },
      '`GenerateDataKey` works with no key of `RSA_2048`: name another key, or leave it out',
    ],
    [
      { load: { 's3:PutObject': 1 }, on: 'rsa' },
      '`s3:PutObject` works with no key of `RSA_2048`: name another key, or leave it out',
    ],
  ])('%j cannot be taken', async (step, problem) => {
    expect(await taken(step)).toMatchObject({ outcome: 'error', problem });
  });

  it('changes nothing, and finds a full quota', async () => {
    const quotas = { CreateKey: 2 };
    const create = { call: 'CreateKey', expect: 'ok' };
    const throttled = { call: 'CreateKey', expect: { error: 'ThrottlingException' } };
    const load = { load: { CreateKey: 2 }, expect: { throttled: false } };
    const steps = [create, load, create, throttled, load, { wait: 'PT0.5S' }, create, throttled];
    const outcomes = outcomesOf(await playScenario({ ...world, quotas, steps }));
    expect(outcomes.filter((outcome) => outcome !== 'pass')).toEqual(['info it is 2026-01-15T09:00:00.500Z now']);
  });
});

test('calls of a scenario are refused by the quotas that it states, and by no others', async () => {
  const many = (call: string) => Array.from({ length: 30 }, () => ({ call, expect: 'ok' }));
  expect(new Set(outcomesOf(await playScenario({ ...world, steps: many('CreateKey') })))).toEqual(new Set(['pass']));
  const steps = [...many('CreateKey').slice(0, 6), { call: 'ListKeys', expect: 'ok' }];
  const [reason, ...rest] = outcomesOf(await playScenario({ ...world, quotas: { CreateKey: 5 }, steps })).filter(
    (outcome) => outcome !== 'pass',
  );
  expect(rest).toEqual([]);
  expect(reason).toBe(
    'fail You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls; wait a second and try again: the quota of 111122223333, 5 a second for CreateKey in eu-north-1, is used up; AWS raises it on request',
  );
  const trip = { envelope: 'orders', payload: 'text:x', expect: { error: 'ThrottlingException' } };
  expect(outcomesOf(await playScenario({ ...world, quotas: { [symmetric]: 1 }, steps: [trip] }))).toEqual(['pass']);
});

describe('mistakes in a load', () => {
  const problems = (step: object) => {
    const { root } = parseJson(JSON.stringify({ ...world, steps: [step] }));
    if (!root) throw new Error('no scenario');
    return readScenario(root).problems.map(({ place, message }) => `${place.path.slice(2).join('/')} ${message}`);
  };

  it.each<[object, readonly string[]]>([
    [mixture, []],
    [{ load: { 's3:GetObject': 1 }, bucketKey: true }, []],
    [{ load: { Decypt: 1 } }, ['load/Decypt `load` has no `Decypt`: did you mean `Decrypt`?']],
    [{ load: {} }, ['load nothing is called: add an operation and how often, such as `"Decrypt": 1000`']],
    [{ load: { Decrypt: 0 } }, ['load nothing is called: add an operation and how often, such as `"Decrypt": 1000`']],
    [{ ...mixture, for: 'PT2H' }, ['for a load lasts 1 second to 1 hour, in whole seconds: mend it']],
    [{ ...mixture, for: 'PT0.5S' }, ['for a load lasts 1 second to 1 hour, in whole seconds: mend it']],
    [{ ...mixture, for: 'PT0S' }, ['for a load lasts 1 second to 1 hour, in whole seconds: mend it']],
    [
      { load: { Sign: 1 } },
      ['load/Sign which quota `Sign` counts against hangs on the key: add `on`, or a `keySpec` such as `RSA_2048`'],
    ],
    [
      { load: { Verify: 1 }, keySpec: 'SYMMETRIC_DEFAULT' },
      ['load/Verify which quota `Verify` counts against hangs on the key: add `on`, or a `keySpec` such as `RSA_2048`'],
    ],
    [
      { load: { GenerateDataKeyPair: 1 } },
      ['load/GenerateDataKeyPair each kind of pair has a quota of its own: add `keyPairSpec`, such as `RSA_2048`'],
    ],
    [{ ...mixture, keyPairSpec: 'RSA_2048' }, ['keyPairSpec only GenerateDataKeyPair makes pairs: remove this']],
    [{ ...mixture, on: 'orders', keySpec: 'RSA_2048' }, ['keySpec the key that `on` names has a spec: remove this']],
    [
      { load: { 's3:GetObject': 1 }, keySpec: 'RSA_2048' },
      ['load/s3:GetObject S3 encrypts under symmetric keys only: make two loads of it'],
    ],
    [
      { ...mixture, bucketKey: true },
      ['bucketKey only requests to S3 use a Bucket Key: ask for some, such as `s3:GetObject`, or remove this'],
    ],
    [
      { load: { Encrypt: 1 }, caching: { maxAge: 'PT5M' } },
      ['caching a cache saves GenerateDataKey and Decrypt, and this load has neither: remove it'],
    ],
    [
      { ...mixture, caching: { maxAge: 'PT0S' } },
      ['caching/maxAge `PT0S` is no time that passes: write days, hours, minutes or seconds such as `PT5M`'],
    ],
    [
      { ...mixture, caching: { maxAge: 'PT5M', maxBytes: '9B' } },
      ['caching how many messages `maxBytes` is hangs on `messageBytes`: give both, or neither'],
    ],
    [
      { ...mixture, expect: { throttled: false, fromSecond: 1 } },
      ['expect/fromSecond nothing is refused of a load that is not throttled: remove this'],
    ],
  ])('%j', (step, expected) => {
    expect(problems(step)).toEqual(expected);
  });
});
