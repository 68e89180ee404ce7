import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stateOf, type WorldState } from '../../../simulator/kms/steps/changes.ts';
import { load } from '../../../simulator/kms/steps/load.ts';
import { type Recording, recordScenario } from '../../../simulator/kms/steps/recording.ts';
import { sessionOf } from '../../../simulator/kms/steps/session.ts';
import type { Play } from '../../../simulator/scenario/play.ts';
import { runScenario } from '../../../simulator/scenario/run.ts';
import { worldOf } from '../scenario/worlds.ts';
import { kinds as others } from './play.ts';

const kinds = [...others, load];
const now = '2026-01-15T09:00:00Z';
const DAY = 24 * 60 * 60 * 1000;
const start = Date.parse(now);
const inDays = (days: number): number => start + days * DAY;

const record = async (scenario: object): Promise<Recording> => recordScenario(await worldOf(scenario), kinds);

/** `2026-07-14 step 0: state Enabled → Disabled`, of one key or of all. */
const told = ({ moments }: Recording): string[] =>
  moments.flatMap(({ at, step, byItself, changes }) =>
    changes.map(({ what, before = 'none', after: to = 'none' }) =>
      what === 'key material'
        ? `${dateOf(at)} step ${step}${byItself ? ' by itself' : ''}: ${what}`
        : `${dateOf(at)} step ${step}${byItself ? ' by itself' : ''}: ${what} ${before} → ${to}`,
    ),
  );

const dateOf = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');

const fromRoot = (call: string, input: object, more: object = {}): object => ({ call, as: 'root', input, ...more });

describe('what happens by itself is recorded at its own time, not at the end of the wait that it falls in', () => {
  test('automatic rotations', async () => {
    const recording = await record({
      now,
      keys: { orders: { rotation: { enabled: true, periodInDays: 180 } } },
      steps: [{ wait: 'P400D' }, fromRoot('DisableKey', { KeyId: 'orders' })],
    });
    expect(recording).toMatchObject({ start, end: inDays(400), isCut: false });
    expect(recording.moments.map(({ at, step, byItself }) => ({ at, step, byItself }))).toEqual([
      { at: inDays(180), step: 0, byItself: true },
      { at: inDays(360), step: 0, byItself: true },
      { at: inDays(400), step: 1, byItself: false },
    ]);
    expect(recording.moments.map(({ events }) => events.map(({ eventName }) => eventName))).toEqual([
      ['RotateKey'],
      ['RotateKey'],
      ['DisableKey'],
    ]);
    expect(told(recording)).toEqual([
      '2026-07-14T09:00:00Z step 0 by itself: rotation every 180 days, next 2026-07-14T09:00:00Z → every 180 days, next 2027-01-10T09:00:00Z',
      '2026-07-14T09:00:00Z step 0 by itself: key material',
      '2027-01-10T09:00:00Z step 0 by itself: rotation every 180 days, next 2027-01-10T09:00:00Z → every 180 days, next 2027-07-09T09:00:00Z',
      '2027-01-10T09:00:00Z step 0 by itself: key material',
      '2027-02-19T09:00:00Z step 1: state Enabled → Disabled',
    ]);
  });

  test('the expiry of imported material', async () => {
    const material = `hex:${'5a'.repeat(32)}`;
    const recording = await record({
      now,
      keys: { vault: { origin: 'EXTERNAL', state: 'PendingImport' } },
      steps: [
        fromRoot(
          'GetParametersForImport',
          { KeyId: 'vault', WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_2048' },
          { save: 'parameters' },
        ),
        fromRoot('ImportKeyMaterial', {
          KeyId: 'vault',
          ImportToken: '$parameters.ImportToken',
          EncryptedKeyMaterial: { wrap: material, with: '$parameters' },
          ValidTo: '2026-03-01T12:30:00Z',
        }),
        { wait: 'P100D' },
      ],
    });
    expect(recording.keys).toMatchObject([{ name: 'vault', state: 'PendingImport' }]);
    expect(told(recording)).toEqual([
      '2026-01-15T09:00:00Z step 1: state PendingImport → Enabled',
      '2026-01-15T09:00:00Z step 1: key material',
      '2026-03-01T12:30:00Z step 2 by itself: state Enabled → PendingImport',
      '2026-03-01T12:30:00Z step 2 by itself: key material',
    ]);
  });

  test('deletions, after which nothing is left of a key', async () => {
    const recording = await record({
      now,
      keys: { orders: {} },
      steps: [fromRoot('ScheduleKeyDeletion', { KeyId: 'orders', PendingWindowInDays: 7 }), { wait: 'P30D' }],
    });
    const gone = recording.moments[1];
    expect(gone).toMatchObject({ at: inDays(7), step: 1, byItself: true });
    expect(gone?.changes.every(({ after: left }) => left === undefined)).toBe(true);
    expect(gone?.changes).toContainEqual({ arn: recording.keys[0]?.arn, what: 'state', before: 'PendingDeletion' });
    expect(recording.end).toBe(inDays(30));
  });

  test('what the end of the last replica starts for its primary', async () => {
    const id = 'mrk-1234abcd12ab34cd56ef1234567890ab';
    const arn = (region: string): string => `arn:aws:kms:${region}:111122223333:key/${id}`;
    const recording = await record({
      now,
      keys: { orders: { id, multiRegion: true, replicas: ['eu-west-1'] } },
      steps: [
        fromRoot('ScheduleKeyDeletion', { KeyId: arn('us-east-1'), PendingWindowInDays: 20 }),
        fromRoot('ScheduleKeyDeletion', { KeyId: arn('eu-west-1'), PendingWindowInDays: 7 }, { region: 'eu-west-1' }),
        { wait: 'P60D' },
      ],
    });
    const states = recording.moments.flatMap(({ at, changes }) =>
      changes
        .filter(({ what }) => what === 'state')
        .map(
          ({ arn: key, before, after: to = 'gone' }) => `${(at - start) / DAY} ${key.split(':')[3]}: ${before} → ${to}`,
        ),
    );
    expect(states).toEqual([
      '0 us-east-1: Enabled → PendingReplicaDeletion',
      '0 eu-west-1: Enabled → PendingDeletion',
      '7 eu-west-1: PendingDeletion → gone',
      '7 us-east-1: PendingReplicaDeletion → PendingDeletion',
      '27 us-east-1: PendingDeletion → gone',
    ]);
  });

  test('of several keys in the order of time', async () => {
    const rotating = (periodInDays: number): object => ({ rotation: { enabled: true, periodInDays } });
    const { moments } = await record({
      now,
      keys: { slow: rotating(250), fast: rotating(100) },
      steps: [{ wait: 'P310D' }],
    });
    expect(moments.map(({ at }) => (at - start) / DAY)).toEqual([100, 200, 250, 300]);
  });
});

describe('what takes a moment in KMS is over at its own time', () => {
  test('the making of a replica', async () => {
    const recording = await record({
      now,
      keys: { orders: { multiRegion: true } },
      steps: [
        fromRoot('ReplicateKey', { KeyId: 'orders', ReplicaRegion: 'eu-west-1' }, { save: 'replica' }),
        { wait: 'P1D' },
      ],
    });
    expect(recording.keys.map(({ name, state }) => `${name}: ${state}`)).toEqual([
      'orders: Enabled',
      'orders in eu-west-1: undefined',
    ]);
    const states = recording.moments.flatMap(({ at, byItself, changes }) =>
      changes
        .filter(({ what }) => what === 'state')
        .map(({ before = 'none', after }) => ({ at: at - start, byItself, change: `${before} → ${after}` })),
    );
    expect(states).toEqual([
      { at: 0, byItself: false, change: 'none → Creating' },
      { at: 5000, byItself: true, change: 'Creating → Enabled' },
    ]);
  });
});

describe('what callers do is recorded with its step', () => {
  test('keys that are made, with the names under which they are saved', async () => {
    const { keys, moments } = await record({
      now,
      steps: [fromRoot('CreateKey', {}, { save: 'made' }), { wait: 'PT1H' }, fromRoot('CreateKey', {})],
    });
    expect(keys.map(({ name, state }) => ({ name, state }))).toEqual([
      { name: '$made', state: undefined },
      { name: expect.stringMatching(/^[0-9a-f-]{36}$/), state: undefined },
    ]);
    expect(moments.map(({ at, step }) => ({ at, step }))).toEqual([
      { at: start, step: 0 },
      { at: start + DAY / 24, step: 2 },
    ]);
  });

  test('grants, and what to do about an error', async () => {
    const recording = await record({
      now,
      keys: { orders: {} },
      steps: [
        fromRoot(
          'CreateGrant',
          { KeyId: 'orders', GranteePrincipal: 'arn:aws:iam::111122223333:role/App', Operations: ['Decrypt'] },
          { save: 'grant' },
        ),
        fromRoot('RevokeGrant', { KeyId: 'orders', GrantId: '$grant.GrantId' }),
        fromRoot('EnableKeyRotation', { KeyId: 'orders', RotationPeriodInDays: 1 }),
      ],
    });
    expect(told(recording)).toEqual([
      '2026-01-15T09:00:00Z step 0: grants none → 1',
      '2026-01-15T09:00:00Z step 1: grants 1 → none',
    ]);
    expect(recording.moments[2]).toMatchObject({ step: 2, events: [{ errorCode: 'ValidationException' }] });
    expect(recording.moments[2]?.remedy).toBeTruthy();
  });

  test('loads, with the key that they ask about', async () => {
    const { keys, moments } = await record({
      now,
      keys: { orders: {} },
      steps: [
        { load: { Decrypt: 1_000_000 }, on: 'orders' },
        { load: { Decrypt: 1 } },
        { can: 'Decrypt', as: 'root', on: 'orders' },
      ],
    });
    expect(
      moments.map(({ step, load: asked }) => ({ step, throttled: asked?.actual.throttled, on: asked?.on })),
    ).toEqual([
      { step: 0, throttled: true, on: keys[0]?.arn },
      { step: 1, throttled: false, on: undefined },
    ]);
  });

  test('however much happens, it ends', async () => {
    const keys = Object.fromEntries(
      Array.from({ length: 20 }, (_, index) => [`k${index}`, { rotation: { enabled: true, periodInDays: 90 } }]),
    );
    const { moments, isCut, end } = await record({ now, keys, steps: [{ wait: 'P36000D' }, { wait: 'P1D' }] });
    expect({ isCut, moments: moments.length, end }).toEqual({ isCut: true, moments: 5000, end: inDays(36_000) });
  });
});

describe('nothing is missed: the start with all changes is the end', () => {
  const busy = {
    now,
    keys: {
      orders: { aliases: ['alias/orders'], rotation: { enabled: true, periodInDays: 100 } },
      wide: {
        id: 'mrk-1234abcd12ab34cd56ef1234567890ab',
        multiRegion: true,
        replicas: ['eu-west-1'],
        rotation: { enabled: true },
      },
    },
    steps: [
      fromRoot('CreateKey', {}, { save: 'made' }),
      fromRoot('UpdateAlias', { AliasName: 'alias/orders', TargetKeyId: '$made.KeyMetadata.KeyId' }),
      fromRoot('TagResource', { KeyId: 'orders', Tags: [{ TagKey: 'team', TagValue: 'blue' }] }),
      fromRoot('UpdateKeyDescription', { KeyId: 'orders', Description: 'old' }),
      { wait: 'P370D' },
      fromRoot('RotateKeyOnDemand', { KeyId: 'mrk-1234abcd12ab34cd56ef1234567890ab' }),
      fromRoot('DisableKeyRotation', { KeyId: 'orders' }),
      fromRoot('DeleteAlias', { AliasName: 'alias/orders' }),
      fromRoot('Encrypt', { KeyId: 'alias/aws/s3', Plaintext: 'text:x' }, { via: 's3' }),
      fromRoot('ScheduleKeyDeletion', { KeyId: '$made.KeyMetadata.KeyId', PendingWindowInDays: 10 }),
      { wait: 'P400D' },
      { envelope: 'orders', as: 'root', payload: 'text:x' },
    ],
  };

  const examples = ['lifecycle', 'imported-key', 'grants', 'multi-region', 'custom-key-store'];

  test.each<[string, object]>([
    ['a busy scenario', busy],
    ...examples.map((name): [string, object] => [`the example ${name}`, exampleOf(name)]),
  ])('of %s', async (_, scenario) => {
    let play: Play | undefined;
    let before: WorldState = new Map();
    const options = {
      kinds,
      clock: () => 0,
      onStart(started: Play) {
        play = started;
        before = stateOf(sessionOf(started));
      },
    };
    for await (const { outcome, problem } of runScenario(await worldOf(scenario), options))
      expect(outcome, problem).not.toBe('error');
    if (!play) throw new Error('nothing was played');
    const { moments } = await record(scenario);
    expect(new Set(moments.flatMap(({ changes }) => changes.map(({ what }) => what))).size).toBeGreaterThan(0);
    const facts = factsIn(before);
    for (const { changes } of moments)
      for (const { arn, what, before: old, after: left } of changes) {
        const name = `${arn} ${what}`;
        expect(facts.get(name), name).toBe(old);
        if (left === undefined) facts.delete(name);
        else facts.set(name, left);
      }
    expect(facts).toEqual(factsIn(stateOf(sessionOf(play))));
  });
});

/** Without its comments. */
function exampleOf(name: string): object {
  const text = readFileSync(new URL(`../../../examples/${name}.kms-scenario.json`, import.meta.url), 'utf8');
  return JSON.parse(text.replaceAll(/^\s*\/\/.*$/gm, ''));
}

const factsIn = (state: WorldState): Map<string, string> =>
  new Map(
    [...state].flatMap(([arn, { facts }]) =>
      Object.entries(facts).map(([what, value]): [string, string] => [`${arn} ${what}`, value]),
    ),
  );
