import { describe, expect, it, test } from 'vitest';
import type { Keyring } from '../../../simulator/envelope/keyring.ts';
import { roundTrip } from '../../../simulator/envelope/round-trip/trip.ts';
import { payloadOf } from '../../../simulator/envelope/steps/payload.ts';
import { seededRandom } from '../../../simulator/kms/environment.ts';
import { Coverage } from '../../../simulator/scenario/coverage.ts';
import { runScenario, takeAttentively } from '../../../simulator/scenario/run.ts';
import type { StepResult } from '../../../simulator/scenario/step.ts';
import { kinds, playScenario } from '../kms/play.ts';
import { allow, app, everything, KEY, KEY_ID, policy, when, worldOf } from '../scenario/worlds.ts';

const reader = 'arn:aws:iam::111122223333:role/Reader';
const blue = { tenant: 'blue' };

const world = {
  principals: {
    App: { arn: app, policies: [everything] },
    Writer: { arn: 'arn:aws:iam::111122223333:role/Writer', policies: [policy(allow('kms:GenerateDataKey'))] },
    Reader: { arn: reader, policies: [policy(allow('kms:Decrypt'))] },
    Nobody: { arn: 'arn:aws:iam::111122223333:role/Nobody', policies: [] },
  },
  keys: {
    orders: { id: KEY_ID, aliases: ['alias/orders'] },
    off: { state: 'Disabled' },
    rsa: { spec: 'RSA_2048', usage: 'ENCRYPT_DECRYPT' },
  },
};

const trip = { envelope: 'orders', as: 'App', payload: 'text:card 4242', encryptionContext: blue };

async function taken(
  step: object,
  files: Readonly<Record<string, Uint8Array>> = {},
  before: readonly object[] = [],
): Promise<StepResult> {
  const results = await playScenario({ ...world, steps: [...before, { ...trip, ...step }] }, files);
  const result = results.at(-1);
  if (!result) throw new Error('no step');
  return result;
}

const partsIn = ({ parts = [] }: StepResult): string[] => parts.map(({ title, outcome }) => `${title} ${outcome}`);
const calls = ({ events = [] }: StepResult): string[] =>
  events.map(({ eventName, errorCode }) => [eventName, ...(errorCode === undefined ? [] : [errorCode])].join(' '));
const factsOf = (result: StepResult, title: string): Record<string, string> =>
  Object.fromEntries(result.parts?.find((part) => part.title === title)?.facts ?? []);

describe('a payload comes back', () => {
  test.each([
    ['text:', '0 bytes', '1 frame'],
    ['text:card 4242', '9 bytes', '1 frame'],
    ['base64:AAEC', '3 bytes', '1 frame'],
    ['hex:00ff', '2 bytes', '1 frame'],
    ['random:1B', '1 byte', '1 frame'],
    ['random:0B', '0 bytes', '1 frame'],
    ['random:4095B', '4,095 bytes', '1 frame'],
    ['random:4KiB', '4,096 bytes', '1 frame'],
    ['random:4097B', '4,097 bytes', '2 frames'],
    ['random:1MiB', '1,048,576 bytes', '256 frames'],
    ['file:letter.txt', '5 bytes', '1 frame'],
  ])('%s', async (payload, size, frames) => {
    const result = await taken({ payload, expect: 'ok' }, { 'letter.txt': Buffer.from('hello') });
    expect(result).toMatchObject({ outcome: 'pass', actual: 'ok', expected: 'ok' });
    expect(result.reason).toMatch(
      new RegExp(`^${size} came back as (they were|it was), from a message of .* in ${frames}$`),
    );
    expect(partsIn(result)).toEqual(['GenerateDataKey ok', 'encryption ok', 'Decrypt ok', 'header ok', 'frames ok']);
    expect(factsOf(result, 'encryption')['payload']).toBe(factsOf(result, 'frames')['came back']);
    expect(factsOf(result, 'GenerateDataKey')['data key']).toBe(factsOf(result, 'Decrypt')['data key']);
    expect(calls(result)).toEqual(['GenerateDataKey', 'Decrypt']);
  });

  it('while it is still being encrypted, so that memory does not go with its size', async () => {
    const piece = Buffer.alloc(64 * 1024, 7);
    let taken = 0;
    let takenWhenAskedBack = 0;
    const dataKey = Buffer.alloc(32, 1);
    const keyring: Keyring = {
      generate: async () => ({
        plaintextDataKey: Buffer.from(dataKey),
        encryptedDataKeys: [{ providerId: 'test', providerInfo: Buffer.from('key'), ciphertext: Buffer.from('key') }],
      }),
      wrap: async () => [],
      async unwrap() {
        takenWhenAskedBack = taken;
        return Buffer.from(dataKey);
      },
    };
    function* pieces() {
      for (; taken < 64; taken++) yield piece;
    }
    const { error, returned, payload } = await roundTrip({
      encrypting: keyring,
      decrypting: keyring,
      payload: { length: 64 * piece.length, pieces: pieces() },
      encryptionContext: {},
      required: {},
      tampering: 'none',
      random: seededRandom('test'),
      now: () => 0,
    });
    expect([error, taken]).toEqual([undefined, 64]);
    expect(returned).toEqual(payload);
    expect(takenWhenAskedBack).toBeLessThan(2);
    expect([...payloadOf('random:1MiB', new Map()).pieces].map(({ length }) => length)).toEqual(
      new Array(16).fill(64 * 1024),
    );
  });

  it('the same every time', async () => {
    const results = [await taken({ payload: 'random:1MiB' }), await taken({ payload: 'random:1MiB' })];
    const [first, second] = results.map(({ parts = [] }) => parts.map(({ facts }) => facts));
    expect(first).toEqual(second);
    expect(results[0]?.outcome).toBe('info');
  });
});

describe('tampering', () => {
  const rows: readonly (readonly [string, string, string, string, readonly string[]])[] = [
    ['ciphertext', 'frame-tag', 'frame 1', 'content of frame 1', ['GenerateDataKey', 'Decrypt']],
    ['tag', 'frame-tag', 'frame 1', 'tag of frame 1', ['GenerateDataKey', 'Decrypt']],
    ['header', 'header-tag', 'header', 'frame length', ['GenerateDataKey', 'Decrypt']],
    [
      'encrypted-data-key',
      'InvalidCiphertextException',
      'Decrypt',
      'encrypted data key 1',
      ['GenerateDataKey', 'Decrypt InvalidCiphertextException'],
    ],
  ];
  const payloads = ['text:card 4242', 'random:4096B', 'random:9000B', 'random:1MiB'];

  describe.each(payloads)('%s', (payload) => {
    test.each(rows)('%s is found out as %s at %s', async (tamper, error, where, what, events) => {
      const result = await taken({ payload, decrypt: { tamper }, expect: { error } });
      expect(result).toMatchObject({ outcome: 'pass', actual: { error } });
      expect(result.parts?.filter(({ outcome }) => outcome === 'stopped').map(({ title }) => title)).toEqual([where]);
      expect(result.reason).toContain(`it stops at ${where === 'header' ? 'the header' : where}`);
      expect(factsOf(result, 'encryption')['changed afterwards']).toMatch(
        new RegExp(`^one bit of byte \\d+: ${what}$`),
      );
      expect(calls(result)).toEqual(events);
      // Nothing is given out of what is not authentic, and what was written is told whole.
      expect(factsOf(result, 'frame 1')['came back'] ?? '0 bytes').toBe('0 bytes');
      const untouched = await taken({ payload });
      expect(factsOf(result, 'encryption')).toMatchObject(factsOf(untouched, 'encryption'));
    });
  });

  it('of nothing changes nothing', async () => {
    expect(await taken({ decrypt: { tamper: 'none' }, expect: 'ok' })).toMatchObject({ outcome: 'pass' });
  });

  it('with the tag works for an empty payload, and with its ciphertext cannot', async () => {
    const files = { empty: new Uint8Array(0) };
    const tag = { payload: 'file:empty', decrypt: { tamper: 'tag' }, expect: { error: 'frame-tag' } };
    expect(await taken(tag, files)).toMatchObject({ outcome: 'pass' });
    expect(await taken({ ...tag, decrypt: { tamper: 'ciphertext' } }, files)).toMatchObject({
      outcome: 'error',
      problem: 'an empty payload has no ciphertext that could be changed: change the `tag` instead',
    });
  });
});

describe('the encryption context', () => {
  it('must have the pairs that are asked for, and may have others', async () => {
    const encryptionContext = { tenant: 'blue', kind: 'card' };
    expect(await taken({ encryptionContext, decrypt: { encryptionContext: blue }, expect: 'ok' })).toMatchObject({
      outcome: 'pass',
    });
    expect(await taken({ encryptionContext, decrypt: { encryptionContext: {} }, expect: 'ok' })).toMatchObject({
      outcome: 'pass',
    });
  });

  test.each([
    [{ tenant: 'red' }, 'it has `blue` there'],
    [{ Tenant: 'blue' }, 'it does not have that key'],
    [{ tenant: 'blue', kind: 'card' }, 'it does not have that key'],
  ])('without %o is refused before KMS is asked', async (encryptionContext, why) => {
    const result = await taken({ decrypt: { encryptionContext }, expect: { error: 'encryption-context' } });
    expect(result).toMatchObject({ outcome: 'pass', actual: { error: 'encryption-context' } });
    expect(result.reason).toMatch(/^it stops at the header: /);
    expect(result.reason).toContain(why);
    expect(calls(result)).toEqual(['GenerateDataKey']);
    expect(partsIn(result)).toEqual([
      'GenerateDataKey ok',
      'encryption ok',
      'header stopped',
      'Decrypt skipped',
      'frames skipped',
    ]);
  });

  it('is refused before there is a data key where it has what is reserved', async () => {
    const result = await taken({ encryptionContext: { 'aws-crypto-public-key': 'x' } });
    expect(result).toMatchObject({ outcome: 'info', actual: { error: 'encryption-context' } });
    expect(result.reason).toMatch(/^it stops at encryption: /);
    expect(partsIn(result).slice(0, 3)).toEqual(['GenerateDataKey skipped', 'encryption stopped', 'Decrypt skipped']);
    expect(calls(result)).toEqual([]);
  });

  it('is what conditions look at, in both calls', async () => {
    const only = when('StringEquals', 'kms:EncryptionContext:tenant', 'blue');
    const principals = { ...world.principals, App: { arn: app, policies: [policy(allow('kms:*', only))] } };
    const steps = [trip, { ...trip, encryptionContext: { tenant: 'red' } }];
    const results = await playScenario({ ...world, principals, steps });
    expect(results.map(({ actual }) => actual)).toEqual(['ok', { error: 'AccessDeniedException' }]);
  });
});

describe('KMS', () => {
  test.each([
    ['who may not encrypt', { as: 'Nobody' }, 'AccessDeniedException', 'GenerateDataKey'],
    ['who may only decrypt', { as: 'Reader' }, 'AccessDeniedException', 'GenerateDataKey'],
    ['who may only encrypt', { as: 'Writer' }, 'AccessDeniedException', 'Decrypt'],
    ['another who may not decrypt', { decrypt: { as: 'Nobody' } }, 'AccessDeniedException', 'Decrypt'],
    ['a disabled key', { envelope: 'off' }, 'DisabledException', 'GenerateDataKey'],
    ['an asymmetric key', { envelope: 'rsa' }, 'InvalidKeyUsageException', 'GenerateDataKey'],
  ])('refuses %s', async (_, step, error, where) => {
    const result = await taken({ ...step, expect: { error } });
    expect(result).toMatchObject({ outcome: 'pass', actual: { error } });
    expect(result.parts?.find(({ outcome }) => outcome === 'stopped')).toMatchObject({
      title: where,
      error: { name: error },
    });
    expect(result.reason).toMatch(`it stops at ${where}`);
  });

  it('tells who was allowed, and why, for each call', async () => {
    const result = await taken({ as: 'Writer', decrypt: { as: 'Reader' }, expect: 'ok' });
    expect(result.outcome).toBe('pass');
    const decisions = result.parts?.flatMap(({ title, decision }) => (decision ? [[title, decision.verdict]] : []));
    expect(decisions).toEqual([
      ['GenerateDataKey', 'allowed'],
      ['Decrypt', 'allowed'],
    ]);
    expect(result.decision).toBe(result.parts?.[2]?.decision);
  });

  it('exercises the statements that let either call through', async () => {
    const played = await worldOf({ ...world, steps: [{ ...trip, as: 'Writer', decrypt: { as: 'Reader' } }] });
    const coverage = new Coverage();
    for await (const result of runScenario(played, { kinds, clock: () => 0 })) coverage.add(played, [result]);
    const counted = coverage.all.flatMap(({ statements }) =>
      statements.flatMap(({ statement, steps }) => (steps > 0 ? [statement.path.slice(0, 2).join('/')] : [])),
    );
    expect(counted).toContain('principals/Writer');
    expect(counted).toContain('principals/Reader');
  });

  it('cannot say what hangs on something unknown', async () => {
    const only = when('IpAddress', 'aws:SourceIp', '10.0.0.0/8');
    const principals = { App: { arn: app, policies: [policy(allow('kms:*', only))] } };
    const [result] = await playScenario({ ...world, principals, steps: [trip] });
    expect(result).toMatchObject({ outcome: 'error', decision: { verdict: 'depends' } });
  });
});

describe('the world', () => {
  it('is the one that steps before left, and finds the key used', async () => {
    const disable = { call: 'DisableKey', as: 'App', input: { KeyId: 'orders' } };
    expect(await taken({}, {}, [disable])).toMatchObject({ actual: { error: 'DisabledException' } });
    const results = await playScenario({
      ...world,
      now: '2026-11-01T09:00:00Z',
      steps: [
        trip,
        {
          call: 'GetKeyLastUsage',
          as: 'App',
          input: { KeyId: KEY_ID },
          expect: { ok: { KeyLastUsage: { Operation: 'Decrypt' } } },
        },
      ],
    });
    expect(results[1]?.outcome).toBe('pass');
  });

  it('may have lost the key', async () => {
    const before = [
      { call: 'ScheduleKeyDeletion', as: 'App', input: { KeyId: 'orders', PendingWindowInDays: 7 } },
      { wait: 'P8D' },
    ];
    expect(await taken({}, {}, before)).toMatchObject({ actual: { error: 'NotFoundException' } });
  });

  it('may have lost the alias, or given it to another key', async () => {
    const remove = { call: 'DeleteAlias', as: 'App', input: { AliasName: 'alias/orders' } };
    expect(await taken({ envelope: 'alias/orders' }, {}, [remove])).toMatchObject({
      outcome: 'error',
      problem: '`alias/orders` is not there any more when this step is taken',
    });
    const give = { call: 'UpdateAlias', as: 'App', input: { AliasName: 'alias/orders', TargetKeyId: 'off' } };
    expect(await taken({ envelope: 'alias/orders' }, {}, [give])).toMatchObject({
      actual: { error: 'DisabledException' },
    });
  });

  test.each(['orders', 'alias/orders', KEY_ID, KEY, 'arn:aws:kms:us-east-1:111122223333:alias/orders'])(
    'knows its key as %s',
    async (key) => {
      const result = await taken({ envelope: key, expect: 'ok' });
      expect(result.outcome).toBe('pass');
      expect(factsOf(result, 'Decrypt')['key']).toBe(KEY);
    },
  );

  it('has keys in other Regions', async () => {
    const keys = { far: { region: 'eu-central-1' } };
    const [result] = await playScenario({ ...world, keys, steps: [{ ...trip, envelope: 'far', expect: 'ok' }] });
    expect(result?.outcome).toBe('pass');
    expect(result?.events?.map(({ awsRegion }) => awsRegion)).toEqual(['eu-central-1', 'eu-central-1']);
  });
});

it('tells what came instead', async () => {
  expect(await taken({ expect: { error: 'frame-tag' } })).toMatchObject({ outcome: 'fail', actual: 'ok' });
  expect(await taken({ decrypt: { tamper: 'tag' }, expect: 'ok' })).toMatchObject({
    outcome: 'fail',
    actual: { error: 'frame-tag' },
  });
  expect(await taken({ decrypt: { tamper: 'tag' }, expect: { error: 'header-tag' } })).toMatchObject({
    outcome: 'fail',
    actual: { error: 'frame-tag' },
  });
});

it('never tells the payload or a data key', async () => {
  const secret = 'text:the quick brown fox';
  for (const tamper of ['none', 'ciphertext', 'tag', 'header', 'encrypted-data-key']) {
    const scenario = await worldOf({ ...world, steps: [{ ...trip, payload: secret, decrypt: { tamper } }] });
    const { run } = await takeAttentively(scenario, 0, kinds);
    const { decision: _, parts = [], ...rest } = run;
    const told = JSON.stringify([rest, parts.map(({ decision: __, ...part }) => part)]);
    expect(told).not.toMatch(/quick brown|cXVpY2s|717569636b/);
    expect(run.keys).toHaveLength(1);
    expect(run.changes).toEqual([]);
  }
});

describe('many messages', () => {
  const many = { payload: 'text:card', messages: 1000, every: 'PT0.1S' };
  const caching = { maxAge: 'PT5M', maxMessages: 100, maxBytes: '10MiB' };
  const callsOf = async (step: object): Promise<readonly number[]> => {
    const { events = [], actual } = await taken({ messages: 100, every: 'PT1S', expect: { calls: ALL }, ...step });
    const counts = ['GenerateDataKey', 'Decrypt'].map(
      (name) => events.filter((each) => each.eventName === name).length,
    );
    expect(actual).toEqual({ calls: { GenerateDataKey: counts[0], Decrypt: counts[1] } });
    return counts;
  };
  const ALL = { GenerateDataKey: 0, Decrypt: 0 };

  it('have a data key each where nothing is cached', async () => {
    const result = await taken({ ...many, expect: { calls: { GenerateDataKey: 1000, Decrypt: 1000 } } });
    expect(result.outcome).toBe('pass');
    expect(result.reason).toBe('1,000 messages came back as they were, with 1,000 GenerateDataKey and 1,000 Decrypt');
    expect(factsOf(result, 'messages')).toMatchObject({ GenerateDataKey: '1,000', 'calls in a second': '20' });
    expect(factsOf(result, 'messages')).not.toHaveProperty('calls saved');
  });

  it('have few where data keys are cached, which says what it saves and what it costs', async () => {
    const result = await taken({ ...many, caching, expect: { calls: { GenerateDataKey: 10, Decrypt: 10 } } });
    expect(result).toMatchObject({ outcome: 'pass', actual: { calls: { GenerateDataKey: 10, Decrypt: 10 } } });
    expect(result.reason).toBe(
      '1,000 messages came back as they were, with 10 GenerateDataKey and 10 Decrypt instead of 1,000 each: 1,980 calls fewer',
    );
    expect(factsOf(result, 'data key caching')).toEqual({
      messages: '1,000',
      GenerateDataKey: '10 instead of 1,000',
      Decrypt: '10 instead of 1,000',
      'calls saved': '1,980 of 2,000',
      'calls in a second': '0.2 instead of 20',
      'request quota': expect.stringMatching(/^100,000 in a second in us-east-1, /),
      'the price': expect.stringContaining('(100 messages, 10MiB, PT5M), and who loses the permission to decrypt'),
    });
    expect(calls(result)).toHaveLength(20);
    expect(
      partsIn(result)
        .slice(0, 5)
        .every((part) => part.endsWith(' ok')),
    ).toBe(true);
  });

  test.each([
    ['messages', { maxAge: 'PT1H', maxMessages: 30 }, 4],
    ['bytes, of which those that come too late count as well', { maxAge: 'PT1H', maxBytes: '90B' }, 10],
    ['age: what is as old as that still counts', { maxAge: 'PT24S' }, 4],
    ['nothing', { maxAge: 'PT1H' }, 1],
  ])('are limited by %s', async (_, limits, count) => {
    expect(await callsOf({ caching: limits })).toEqual([count, count]);
  });

  it('keep nothing that another principal could use', async () => {
    expect(await callsOf({ caching, as: 'Writer', decrypt: { as: 'Reader' } })).toEqual([1, 1]);
    // Who may not call Decrypt has nothing of what is cached for who encrypts.
    const refused = await taken({ messages: 5, caching, as: 'Writer', expect: { error: 'AccessDeniedException' } });
    expect([refused.outcome, calls(refused)]).toEqual(['pass', ['GenerateDataKey', 'Decrypt AccessDenied']]);
  });

  it('stop at the first that does', async () => {
    const step = { messages: 100, caching, decrypt: { tamper: 'tag' } };
    const result = await taken({ ...step, expect: { error: 'frame-tag', calls: { GenerateDataKey: 1, Decrypt: 1 } } });
    expect(result).toMatchObject({ outcome: 'pass', actual: { error: 'frame-tag', calls: { GenerateDataKey: 1 } } });
    expect(result.reason).toMatch(/^it stops at frame 1: /);
  });

  it('keep nothing for the next step', async () => {
    const disable = { call: 'DisableKey', as: 'App', input: { KeyId: 'orders' } };
    const before = [{ ...trip, messages: 2, caching }, disable];
    expect(await taken({ messages: 2, caching }, {}, before)).toMatchObject({ actual: { error: 'DisabledException' } });
  });

  it('move the clock', async () => {
    const results = await playScenario({
      ...world,
      now: '2026-11-01T09:00:00Z',
      steps: [{ ...trip, messages: 3, every: 'PT1H' }, { wait: 'PT1S' }],
    });
    expect(results[1]?.reason).toBe('it is 2026-11-01T12:00:01Z now');
    expect(await taken({ messages: 100, every: 'P365D' })).toMatchObject({ outcome: 'info' });
    expect(await taken({ messages: 101, every: 'P365D' })).toMatchObject({
      outcome: 'error',
      problem: 'a scenario lasts 100 years at most: take fewer messages, or write less as `every`',
    });
  });

  it('fail where KMS is called more or less often than expected', async () => {
    const result = await taken({ messages: 5, expect: { calls: { GenerateDataKey: 4 } } });
    expect(result).toMatchObject({
      outcome: 'fail',
      expected: { calls: { GenerateDataKey: 4 } },
      actual: { calls: { GenerateDataKey: 5 } },
    });
    const other = await taken({ as: 'Nobody', expect: { calls: { GenerateDataKey: 1 } } });
    expect(other).toMatchObject({ outcome: 'fail', actual: { error: 'AccessDeniedException' } });
  });

  it('are not more than a gibibyte together', async () => {
    expect(await taken({ payload: 'random:200MiB', messages: 6 })).toMatchObject({
      outcome: 'error',
      problem: expect.stringContaining('1 GiB at most'),
    });
  });
});
