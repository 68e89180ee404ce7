import { describe, expect, it } from 'vitest';
import { call } from '../../../simulator/kms/steps/call.ts';
import { wait } from '../../../simulator/kms/steps/wait.ts';
import { Coverage } from '../../../simulator/scenario/coverage.ts';
import { runScenario, takeAttentively, worldBefore } from '../../../simulator/scenario/run.ts';
import type { StepResult } from '../../../simulator/scenario/step.ts';
import { can } from '../../../simulator/scenario/steps/can.ts';
import { allow, allowTo, app, deny, everything, KEY, KEY_ID, policy, root, when, worldOf } from '../scenario/worlds.ts';

const kinds = [can, call, wait];

const base = {
  principals: { App: { arn: app, policies: [everything] } },
  keys: { orders: { id: KEY_ID, aliases: ['alias/orders'] } },
};

async function play(steps: readonly object[], world: object = {}, wanted?: number): Promise<StepResult[]> {
  const results: StepResult[] = [];
  const scenario = await worldOf({ ...base, ...world, steps });
  const options = {
    kinds,
    clock: () => 0,
    ...(wanted === undefined ? {} : { wanted: ({ index }: { readonly index: number }) => index === wanted }),
  };
  for await (const result of runScenario(scenario, options)) results.push(result);
  return results;
}

/** `pass`, or what came of it. */
const outcomes = (results: readonly StepResult[]): string[] =>
  results.map(({ outcome, actual, reason, problem }) =>
    outcome === 'pass' ? outcome : `${outcome} ${problem ?? reason ?? JSON.stringify(actual)}`,
  );

const seal = {
  call: 'Encrypt',
  as: 'App',
  input: { KeyId: 'orders', Plaintext: 'text:hello' },
  save: 'sealed',
  expect: 'ok',
};

describe('calls', () => {
  it('save what later calls use, and expect parts of responses', async () => {
    const results = await play([
      seal,
      {
        call: 'Decrypt',
        as: 'App',
        input: { CiphertextBlob: '$sealed.CiphertextBlob' },
        expect: { ok: { Plaintext: 'text:hello', KeyId: 'orders', EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' } },
      },
      {
        call: 'DescribeKey',
        as: 'App',
        input: { KeyId: 'alias/orders' },
        expect: { ok: { KeyMetadata: { Arn: KEY, Enabled: true, CreationDate: '2026-01-15T09:00:00Z' } } },
      },
      {
        call: 'Decrypt',
        as: 'App',
        input: { CiphertextBlob: '$sealed.CiphertextBlob', EncryptionContext: { a: 'b' } },
        expect: { error: 'InvalidCiphertextException' },
      },
    ]);
    expect(outcomes(results)).toEqual(['pass', 'pass', 'pass', 'pass']);
  });

  it('tell what came instead', async () => {
    const results = await play([
      seal,
      {
        call: 'Decrypt',
        as: 'App',
        input: { CiphertextBlob: '$sealed.CiphertextBlob' },
        expect: { ok: { Plaintext: 'text:other' } },
      },
      {
        call: 'Decrypt',
        as: 'App',
        input: { CiphertextBlob: '$sealed.CiphertextBlob' },
        expect: { error: 'DisabledException' },
      },
      { call: 'DisableKey', as: 'App', input: { KeyId: 'orders' } },
      { ...seal, save: 'again' },
    ]);
    expect(results.map(({ outcome, actual }) => [outcome, actual])).toEqual([
      ['pass', 'ok'],
      ['fail', { ok: { Plaintext: 'text:hello' } }],
      ['fail', 'ok'],
      ['info', 'ok'],
      ['fail', { error: 'DisabledException' }],
    ]);
    expect(results[4]?.reason).toBe(
      `${KEY} is disabled; call EnableKey; nothing that was encrypted under the key is lost`,
    );
  });

  it('are decided by the policies of the file, and say what refused them', async () => {
    const [denied, unclear] = await play([seal, { ...seal, as: 'Ip' }], {
      principals: {
        App: { arn: app },
        Ip: {
          arn: `${app}2`,
          policies: [policy(allow('kms:*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }))],
        },
      },
    });
    expect(denied?.actual).toEqual({ error: 'AccessDeniedException' });
    expect(denied?.reason).toContain('because no identity-based policy allows the kms:Encrypt action');
    expect(denied?.decision?.verdict).toBe('denied');
    expect(unclear?.outcome).toBe('error');
    expect(unclear?.decision?.verdict).toBe('depends');
    const [clear] = await play([{ ...seal, context: { 'aws:SourceIp': '10.1.1.1' } }], {
      principals: {
        App: {
          arn: app,
          policies: [policy(allow('kms:*', { Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }))],
        },
      },
    });
    expect(clear?.outcome).toBe('pass');
  });

  describe('give keys policies that name', () => {
    const account = '111122223333';
    const allowing = (name: string) =>
      policy(
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' },
        { Effect: 'Allow', Principal: { AWS: name }, Action: 'kms:Decrypt', Resource: '*' },
      );
    const named = (name: string, more: object = {}) =>
      play(
        [
          {
            call: 'PutKeyPolicy',
            as: 'App',
            input: {
              KeyId: 'orders',
              Policy: allowing(name),
            },
          },
          { can: 'Decrypt', as: `arn:aws:iam::${account}:role/Caller`, on: 'orders' },
        ],
        more,
      );
    const role = (name: string): string => `arn:aws:iam::${account}:role/${name}`;

    it.each([
      ['somebody who is declared', app],
      ['a caller of a step', role('Caller')],
      ['a grantee', role('Grantee')],
      ['the account', account],
      ['a role that AWS makes', role('aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling')],
      ['somebody of an account of which nothing is known', 'arn:aws:iam::444455556666:role/Partner'],
    ])('%s', async (_, name) => {
      const grants = { g: { key: 'orders', GranteePrincipal: role('Grantee'), Operations: ['Decrypt'] } };
      expect((await named(name, { grants }))[0]?.actual).toBe('ok');
    });

    it('somebody who only decrypts in a round trip', async () => {
      const steps = [
        { call: 'CreateKey', as: 'App', input: { Policy: allowing(role('Reader')) } },
        { envelope: 'orders', as: 'App', payload: 'text:x', decrypt: { as: role('Reader') } },
      ];
      expect((await play(steps.slice(0, 1)))[0]?.actual).toEqual({ error: 'MalformedPolicyDocumentException' });
      expect((await play(steps, {}, 0))[0]?.actual).toBe('ok');
    });

    it('anybody of an account of which only the root user is declared', async () => {
      const principals = { Root: { arn: `arn:aws:iam::${account}:root` } };
      const step = { call: 'CreateKey', as: 'Root', input: { Policy: allowing(role('Reader')) } };
      expect((await play([step], { principals }))[0]?.actual).toBe('ok');
    });

    it.each([
      ['somebody of the account of App whom the file does not have', role('Ap')],
      ['a user of that name', app.replace(':role/', ':user/')],
    ])('not %s', async (_, name) => {
      const [result] = await named(name);
      expect(result?.actual).toEqual({ error: 'MalformedPolicyDocumentException' });
      expect(result?.reason).toBe(
        `Policy contains a statement with one or more invalid principals; name somebody who exists in place of \`${name}\`, or declare it in \`principals\` beside the others of ${account}`,
      );
    });
  });

  it('share an encapsulated secret', async () => {
    const EncapsulationAlgorithm = 'ML_KEM';
    const results = await play(
      [
        { call: 'Encapsulate', as: 'App', input: { KeyId: 'lattice', EncapsulationAlgorithm }, save: 'made' },
        {
          call: 'Decapsulate',
          as: 'App',
          input: {
            KeyId: 'lattice',
            EncapsulationAlgorithm,
            SharedSecretCiphertextBlob: '$made.SharedSecretCiphertextBlob',
          },
          expect: { ok: { SharedSecret: '$made.SharedSecret', KeyId: 'lattice' } },
        },
      ],
      { keys: { lattice: { spec: 'ML_KEM_768', usage: 'ENCAPSULATE_DECAPSULATE' } } },
    );
    expect(outcomes(results)[1]).toBe('pass');
  });

  it.each([
    [{ call: 'Encrypt', input: { KeyID: 'orders' } }, /^error `Encrypt` has no `KeyID`: did you mean `KeyId`/],
    [
      { call: 'Encrypt', input: { KeyId: 'orders', Plaintext: 'hello' } },
      /^error `Plaintext` is bytes: write `text:…`/,
    ],
    [
      {
        call: 'GenerateRandom',
        input: { NumberOfBytes: 8, Recipient: { KeyEncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } },
      },
      /^error answers to attested enclaves \(`Recipient`\) is not available in this build/,
    ],
    [{ call: 'Encrypt', input: { KeyId: 5 } }, /^info NUMBER_VALUE can not be converted to a String/],
  ])('%j cannot be taken', async (step, message) => {
    const [result] = await play([{ ...step, as: 'App' }]);
    expect(outcomes(result ? [result] : [])[0]).toMatch(message);
  });

  it('do without what an earlier step did not save', async () => {
    const [, unsaved] = await play([
      { ...seal, input: { KeyId: 'alias/none', Plaintext: 'text:x' } },
      { call: 'Decrypt', as: 'App', input: { CiphertextBlob: '$sealed.CiphertextBlob' } },
    ]);
    expect(unsaved?.problem).toBe('there is no response `sealed`: the step that saves it did not go through');
    const [, member] = await play([seal, { call: 'Decrypt', as: 'App', input: { CiphertextBlob: '$sealed.Blob' } }]);
    expect(member?.problem).toBe('`$sealed.Blob` is not there: the response has no `Blob`');
  });

  it('go to the Region of a key that is called by name, or to the one that is named', async () => {
    const keys = { orders: { id: KEY_ID, region: 'eu-west-1' } };
    const describe = { call: 'DescribeKey', as: 'App' };
    const arn = KEY.replace('us-east-1', 'eu-west-1');
    expect(
      outcomes(
        await play(
          [
            { ...describe, input: { KeyId: 'orders' }, expect: 'ok' },
            { ...describe, input: { KeyId: arn } },
            { ...describe, input: { KeyId: arn }, region: 'eu-west-1', expect: 'ok' },
          ],
          { keys },
        ),
      ),
    ).toEqual(['pass', expect.stringContaining('Invalid arn eu-west-1'), 'pass']);
  });

  it('give the same in every run', async () => {
    const steps = [
      seal,
      {
        call: 'GenerateDataKey',
        as: 'App',
        input: { KeyId: 'orders', KeySpec: 'AES_256' },
        expect: { ok: { CiphertextBlob: 'hex:00', Plaintext: 'hex:00' } },
      },
    ];
    const told = async () => (await play(steps)).map(({ decision: _, ...result }) => result);
    expect(await told()).toEqual(await told());
  });
});

describe('what calls change', () => {
  const check = { can: 'Decrypt', as: 'App', on: 'orders' };

  it('later access checks find: policies and tags', async () => {
    // Tags count in identity policies alone.
    const untilProd = policy(allow('kms:*'), deny('kms:Encrypt', when('StringEquals', 'aws:ResourceTag/env', 'prod')));
    const closed = policy(allowTo(root, ['kms:PutKeyPolicy', 'kms:TagResource']));
    const results = await play(
      [
        { ...check, can: 'Encrypt', expect: 'allowed' },
        {
          call: 'TagResource',
          as: 'App',
          input: { KeyId: 'orders', Tags: [{ TagKey: 'env', TagValue: 'prod' }] },
          expect: 'ok',
        },
        { ...check, can: 'Encrypt', expect: { verdict: 'denied', kind: 'explicit', by: 'identity-policy' } },
        { call: 'DisableKey', as: 'App', input: { KeyId: 'orders' }, expect: 'ok' },
        { ...check, expect: 'allowed' },
        { call: 'PutKeyPolicy', as: 'App', input: { KeyId: 'orders', Policy: closed }, expect: 'ok' },
        { ...check, expect: { verdict: 'denied', kind: 'implicit', by: 'key-policy' } },
      ],
      { principals: { App: { arn: app, policies: [untilProd] } } },
    );
    expect(outcomes(results)).toEqual(results.map(() => 'pass'));
  });

  it('an alias that moved means its new key', async () => {
    const results = await play(
      [
        { can: 'Decrypt', as: 'App', on: 'alias/orders', expect: 'allowed' },
        { call: 'UpdateAlias', as: 'App', input: { AliasName: 'alias/orders', TargetKeyId: 'closed' }, expect: 'ok' },
        { can: 'Decrypt', as: 'App', on: 'alias/orders', expect: 'denied' },
      ],
      {
        keys: {
          ...base.keys,
          closed: { policy: policy(allowTo(root, ['kms:Update*', 'kms:Put*'])) },
        },
      },
    );
    expect(outcomes(results)).toEqual(['pass', 'pass', 'pass']);
  });

  it('is played for a step that is wanted alone, and nothing after it', async () => {
    const steps = [
      { ...check, expect: 'denied' },
      {
        call: 'PutKeyPolicy',
        as: 'App',
        input: { KeyId: 'orders', Policy: policy(allowTo(root, 'kms:Put*')) },
        expect: 'ok',
      },
      { ...check, expect: 'denied' },
      { wait: 'P1D' },
    ];
    const results = await play(steps, {}, 2);
    expect(results.map(({ step, outcome }) => [step.index, outcome])).toEqual([[2, 'pass']]);
    const world = await worldOf({ ...base, steps });
    expect((await worldBefore(world, 2, kinds)).keyOf('orders')?.key.policy.size).toBe(1);
    expect(await worldBefore(world, 0, kinds)).toBe(world);
  });
});

describe('waiting', () => {
  it('moves the clock: what is due happens, and conditions see the time', async () => {
    const until = { Condition: { DateLessThan: { 'aws:CurrentTime': '2026-02-01T00:00:00Z' } } };
    const results = await play(
      [
        { can: 'Decrypt', as: 'App', on: 'orders', expect: 'allowed' },
        {
          call: 'ScheduleKeyDeletion',
          input: { KeyId: 'orders', PendingWindowInDays: 7 },
          expect: { ok: { KeyState: 'PendingDeletion', DeletionDate: '2026-01-22T09:00:00Z' } },
        },
        { wait: 'P6D' },
        {
          call: 'DescribeKey',
          input: { KeyId: 'orders' },
          expect: { ok: { KeyMetadata: { KeyState: 'PendingDeletion' } } },
        },
        { wait: 'P1D' },
        { call: 'DescribeKey', input: { KeyId: 'orders' }, expect: { error: 'NotFoundException' } },
        { can: 'Decrypt', as: 'App', on: 'orders' },
        { wait: 'P30D' },
        { can: 'Decrypt', as: 'App', on: 'other', expect: 'denied' },
        { wait: 'P99999D' },
      ],
      {
        principals: { App: { arn: app, policies: [policy(allow('kms:*', until))] } },
        keys: { orders: {}, other: {} },
      },
    );
    expect(outcomes(results)).toEqual(
      [
        'pass',
        'pass',
        'info it is 2026-01-21T09:00:00Z now',
        'pass',
        'info it is 2026-01-22T09:00:00Z now',
        'pass',
        'error `orders` is not there any more when this step is taken',
        'info it is 2026-02-21T09:00:00Z now',
        'pass',
        'error a scenario lasts 100 years at most: wait for less',
      ].map((each) => (each === 'pass' ? each : expect.stringContaining(each))),
    );
  });

  it('rotates keys that the file says rotate, and finds states as they are declared', async () => {
    const results = await play(
      [
        { wait: 'P180D' },
        {
          call: 'ListKeyRotations',
          input: { KeyId: 'turning' },
          expect: { ok: { Rotations: [{ RotationType: 'AUTOMATIC' }, { RotationType: 'AUTOMATIC' }] } },
        },
        { call: 'EnableKey', input: { KeyId: 'empty' }, expect: { error: 'KMSInvalidStateException' } },
        { call: 'DescribeKey', input: { KeyId: 'gone' }, expect: { error: 'NotFoundException' } },
        { call: 'GetKeyRotationStatus', input: { KeyId: 'managed' }, expect: { ok: { KeyRotationEnabled: true } } },
        { call: 'DisableKey', input: { KeyId: 'managed' }, expect: { error: 'AccessDeniedException' } },
      ],
      {
        keys: {
          turning: { rotation: { enabled: true, periodInDays: 90 } },
          empty: { origin: 'EXTERNAL', state: 'PendingImport' },
          gone: { state: 'PendingDeletion' },
          managed: { aliases: ['alias/aws/s3'] },
        },
      },
    );
    expect(outcomes(results)).toEqual([
      expect.stringContaining('info it is'),
      'pass',
      'pass',
      'pass',
      'pass',
      expect.any(String),
    ]);
  });
});

it('a multi-Region key decrypts in each of its Regions', async () => {
  const keys = { orders: { multiRegion: true, replicas: ['eu-west-1'], id: 'mrk-1234abcd12ab34cd56ef1234567890ab' } };
  const input = { CiphertextBlob: '$sealed.CiphertextBlob' };
  const results = await play(
    [
      seal,
      { call: 'Decrypt', as: 'App', region: 'eu-west-1', input, expect: { ok: { Plaintext: 'text:hello' } } },
      { call: 'Decrypt', as: 'App', region: 'eu-west-2', input, expect: { error: 'AccessDeniedException' } },
    ],
    { keys },
  );
  expect(outcomes(results)).toEqual(['pass', 'pass', 'pass']);
});

it('a multi-Region key rotates by its primary', async () => {
  const id = 'mrk-1234abcd12ab34cd56ef1234567890ab';
  const KeyId = `arn:aws:kms:eu-west-1:111122223333:key/${id}`;
  const there = { as: 'App', region: 'eu-west-1', input: { KeyId } };
  const results = await play(
    [
      { call: 'EnableKeyRotation', ...there, expect: { error: 'UnsupportedOperationException' } },
      { call: 'RotateKeyOnDemand', ...there, expect: { error: 'UnsupportedOperationException' } },
      { call: 'EnableKeyRotation', as: 'App', input: { KeyId: 'orders' }, expect: 'ok' },
      {
        call: 'GetKeyRotationStatus',
        ...there,
        expect: { ok: { KeyRotationEnabled: true, RotationPeriodInDays: 365 } },
      },
      seal,
      { wait: 'P400D' },
      { call: 'ListKeyRotations', ...there, expect: { ok: { Rotations: [{ RotationType: 'AUTOMATIC' }] } } },
      {
        call: 'Decrypt',
        as: 'App',
        region: 'eu-west-1',
        input: { CiphertextBlob: '$sealed.CiphertextBlob' },
        expect: 'ok',
      },
    ],
    { keys: { orders: { multiRegion: true, replicas: ['eu-west-1'], id } } },
  );
  expect(outcomes(results).filter((each) => !each.includes('it is'))).toEqual(Array(7).fill('pass'));
});

it('what let a call through counts as exercised', async () => {
  const world = await worldOf({ ...base, steps: [seal, { ...seal, expect: { error: 'DisabledException' } }] });
  const results: StepResult[] = [];
  for await (const result of runScenario(world, { kinds, clock: () => 0 })) results.push(result);
  expect(results.map(({ outcome, decision }) => [outcome, decision?.verdict])).toEqual([
    ['pass', 'allowed'],
    ['fail', 'allowed'],
  ]);
  const coverage = new Coverage();
  coverage.add(world, results);
  expect(coverage.all.flatMap(({ statements }) => statements.map(({ steps }) => steps))).toEqual([2]);
});

it('the time of many keys and calls goes with their number, not with its square', async () => {
  const took = async (count: number): Promise<number> => {
    const keys = Object.fromEntries(Array.from({ length: count }, (_, i) => [`key${i}`, {}]));
    const steps = Array.from({ length: count }, (_, i) => ({
      call: 'GenerateDataKey',
      as: 'App',
      input: { KeyId: `key${i}`, KeySpec: 'AES_256' },
      expect: 'ok',
    }));
    const start = process.cpuUsage();
    const results = await play(steps, { keys });
    expect(results.every(({ outcome }) => outcome === 'pass')).toBe(true);
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  await took(100);
  const few = await took(250);
  expect(await took(2000)).toBeLessThan(8 * 4 * few);
});

describe('what a step tells', () => {
  it('is its CloudTrail events and the answer, secrets left out', async () => {
    const [sealed, key] = await play([
      seal,
      { call: 'GenerateDataKey', as: 'App', input: { KeyId: 'orders', KeySpec: 'AES_256' } },
    ]);
    expect(sealed?.events?.map(({ eventName }) => eventName)).toEqual(['Encrypt']);
    expect(sealed?.answer).toMatchObject({
      operation: 'Encrypt',
      saved: 'sealed',
      response: { KeyId: KEY, CiphertextBlob: expect.stringMatching(/^base64:.{16}… \(\d+ bytes\)$/) },
    });
    expect(key?.answer?.response).toMatchObject({ Plaintext: '(32 bytes)' });
  });

  it('is the error with what to do', async () => {
    const [failed] = await play([{ call: 'DescribeKey', as: 'App', input: { KeyId: 'alias/none' } }]);
    expect(failed?.answer).toEqual({
      operation: 'DescribeKey',
      error: {
        name: 'NotFoundException',
        message: expect.stringContaining('alias/none'),
        remedy: expect.stringContaining('name a key'),
      },
    });
    expect(failed?.events).toMatchObject([{ eventName: 'DescribeKey', errorCode: 'NotFoundException' }]);
  });

  it('is what a wait lets happen', async () => {
    const [, passed] = await play([
      { call: 'EnableKeyRotation', as: 'App', input: { KeyId: 'orders' } },
      { wait: 'P366D' },
    ]);
    expect(passed?.events).toMatchObject([{ eventName: 'RotateKey', eventType: 'AwsServiceEvent' }]);
  });

  it('is what it changed, to who looks closely', async () => {
    const world = await worldOf({
      ...base,
      steps: [
        { call: 'DisableKey', as: 'App', input: { KeyId: 'orders' } },
        { call: 'ScheduleKeyDeletion', as: 'App', input: { KeyId: 'orders', PendingWindowInDays: 7 } },
        { wait: 'P8D' },
        { call: 'CreateKey', as: 'App' },
      ],
    });
    const second = await takeAttentively(world, 1, kinds);
    expect(second.run.keys).toMatchObject([{ name: 'orders', arn: KEY, facts: { state: 'Disabled' } }]);
    expect(second.run.changes).toEqual([
      { key: 'orders', what: 'state', before: 'Disabled', after: 'PendingDeletion' },
      { key: 'orders', what: 'deletion date', after: '2026-01-22T09:00:00Z' },
    ]);
    const third = await takeAttentively(world, 2, kinds);
    expect(third.run.changes).toContainEqual({ key: 'orders', what: 'state', before: 'PendingDeletion' });
    const fourth = await takeAttentively(world, 3, kinds);
    expect(fourth.run.changes).toContainEqual(expect.objectContaining({ what: 'state', after: 'Enabled' }));
  });
});
