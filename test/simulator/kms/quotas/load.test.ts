import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { QuotaQuestion } from '../../../../simulator/facts/quotas.ts';
import { adviceOn } from '../../../../simulator/kms/quotas/advice.ts';
import { arrivals } from '../../../../simulator/kms/quotas/arrivals.ts';
import { limitsWith, type StatedQuotas } from '../../../../simulator/kms/quotas/limits.ts';
import { answerLoad, type Load } from '../../../../simulator/kms/quotas/load.ts';
import { tellLoad } from '../../../../simulator/kms/quotas/story.ts';

interface Asked extends Partial<Omit<Load, 'requests' | 'limits'>> {
  readonly stated?: StatedQuotas;
  readonly per?: number;
}

const loadOf = (counts: Readonly<Record<string, number>>, { stated, per = 1, ...more }: Asked = {}): Load => ({
  requests: Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, { count, seconds: per }])),
  seconds: 10,
  region: 'eu-north-1',
  key: {},
  bucketKey: false,
  ...more,
  limits: limitsWith(stated),
});

const refusedOf = (load: Load) =>
  Object.fromEntries(answerLoad(load).operations.map(({ name, refused }) => [name, refused]));

const symmetric = 'CryptographicOperationsSymmetric';

/** Source: KMS Developer Guide, "Request quotas", written down here a second time. */
const rates: readonly (readonly [
  operation: string,
  key: QuotaQuestion,
  region: string,
  quota: string,
  rate: number,
])[] = [
  ...['us-east-1', 'us-west-2', 'eu-west-1'].map((region) => ['Decrypt', {}, region, symmetric, 100_000] as const),
  ...['us-east-2', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'eu-central-1', 'eu-west-2'].map(
    (region) => ['Encrypt', {}, region, symmetric, 20_000] as const,
  ),
  ...[
    'Decrypt',
    'Encrypt',
    'GenerateDataKey',
    'GenerateDataKeyWithoutPlaintext',
    'GenerateMac',
    'GenerateRandom',
    'ReEncrypt',
    'VerifyMac',
  ].map((operation) => [operation, {}, 'eu-north-1', symmetric, 10_000] as const),
  ...['Decrypt', 'Encrypt', 'ReEncrypt', 'Sign', 'Verify'].map(
    (operation) => [operation, { keySpec: 'RSA_2048' }, 'us-east-1', 'CryptographicOperationsRSA', 1000] as const,
  ),
  ...['Sign', 'Verify'].map(
    (operation) =>
      [operation, { keySpec: 'ECC_NIST_P256' }, 'us-east-1', 'CryptographicOperationsECCSM2', 1000] as const,
  ),
  ['DeriveSharedSecret', {}, 'us-east-1', 'CryptographicOperationsECCSM2', 1000],
  ['Sign', { keySpec: 'ML_DSA_65' }, 'us-east-1', 'CryptographicOperationsMLDSA', 1000],
  ...(
    [
      ['ECC_NIST_P256', 100],
      ['ECC_NIST_P384', 100],
      ['ECC_NIST_P521', 100],
      ['ECC_SECG_P256K1', 100],
      ['ECC_NIST_EDWARDS25519', 100],
      ['RSA_2048', 20],
      ['RSA_3072', 4],
      ['RSA_4096', 1],
      ['SM2', 25],
    ] as const
  ).flatMap(([keyPairSpec, rate]) =>
    ['GenerateDataKeyPair', 'GenerateDataKeyPairWithoutPlaintext'].map(
      (operation) => [operation, { keyPairSpec }, 'us-east-1', `GenerateDataKeyPair (${keyPairSpec})`, rate] as const,
    ),
  ),
  ...(
    [
      [2000, 'DescribeKey GetPublicKey ListResourceTags'],
      [1000, 'GetKeyPolicy GetKeyRotationStatus'],
      [500, 'ListAliases ListKeys'],
      [100, 'ListGrants ListKeyPolicies ListKeyRotations ListRetirableGrants'],
      [50, 'CreateGrant RetireGrant RevokeGrant'],
      [
        15,
        'DeleteAlias DeleteImportedKeyMaterial EnableKeyRotation ImportKeyMaterial PutKeyPolicy ScheduleKeyDeletion',
      ],
      [10, 'TagResource'],
      [5, 'CancelKeyDeletion ConnectCustomKeyStore CreateCustomKeyStore DeleteCustomKeyStore'],
      [5, 'DescribeCustomKeyStores DisconnectCustomKeyStore UpdateCustomKeyStore CreateAlias CreateKey DisableKey'],
      [5, 'DisableKeyRotation EnableKey GetKeyLastUsage RotateKeyOnDemand UntagResource UpdateAlias'],
      [5, 'UpdateKeyDescription UpdatePrimaryRegion'],
      [1, 'GetParametersForImport'],
    ] as const
  ).flatMap(([rate, names]) =>
    names.split(' ').map((operation) => [operation, {}, 'us-east-1', operation, rate] as const),
  ),
];

describe('the quota of an operation', () => {
  it.each(rates)('%s with %j in %s counts against %s, %i a second', (operation, key, region, name, rate) => {
    const at = (count: number) => answerLoad(loadOf({ [operation]: count }, { key, region }));
    expect(at(rate).throttled).toBe(false);
    const above = at(rate + 1);
    expect(above.quotas.filter(({ refused }) => refused > 0)).toMatchObject([
      { name, limit: rate, refused: 10, firstSecond: 1, lastSecond: 10 },
    ]);
  });

  it('of ReplicateKey is that of CreateKey in the other Region, twice', () => {
    expect(refusedOf(loadOf({ ReplicateKey: 2 }))).toEqual({ ReplicateKey: 0 });
    const { quotas } = answerLoad(loadOf({ ReplicateKey: 3 }, { seconds: 1 }));
    expect(quotas).toMatchObject([
      { name: 'ReplicateKey', elsewhere: false, requests: 3, refused: 0 },
      { name: 'CreateKey', elsewhere: true, requests: 6, refused: 2 },
    ]);
    const { quotas: two } = answerLoad(loadOf({ UpdatePrimaryRegion: 5 }));
    expect(two.map(({ name, elsewhere, requests }) => [name, elsewhere, requests])).toEqual([
      ['UpdatePrimaryRegion', false, 50],
      ['UpdatePrimaryRegion', true, 50],
    ]);
  });

  it('of a key in a custom key store is that of the store, besides the one of the account', () => {
    for (const origin of ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const) {
      const key = { keySpec: 'SYMMETRIC_DEFAULT', origin };
      const answer = answerLoad(loadOf({ Decrypt: 2000 }, { key, region: 'us-east-1' }));
      expect(answer.quotas).toMatchObject([
        { name: symmetric, requests: 20_000, refused: 0 },
        { name: `CustomKeyStore (${origin})`, limit: 1800, refused: 2000 },
      ]);
    }
  });

  it('is not documented for ML-KEM', () => {
    const answer = answerLoad(loadOf({ Encapsulate: 1e6 }));
    expect(answer).toMatchObject({ throttled: false, quotas: [], operations: [{ unlimited: true, refused: 0 }] });
  });

  it('may be another than the default, by its name or that of its group', () => {
    const key = { keyPairSpec: 'RSA_2048' };
    const load = (stated: StatedQuotas) => loadOf({ GenerateDataKeyPair: 30 }, { key, stated, seconds: 1 });
    expect(refusedOf(load({}))).toEqual({ GenerateDataKeyPair: 10 });
    expect(refusedOf(load({ GenerateDataKeyPair: 25 }))).toEqual({ GenerateDataKeyPair: 5 });
    expect(refusedOf(load({ GenerateDataKeyPair: 25, 'GenerateDataKeyPair (RSA_2048)': 28 }))).toEqual({
      GenerateDataKeyPair: 2,
    });
    expect(refusedOf(load({ 'GenerateDataKeyPair (RSA_4096)': 100 }))).toEqual({ GenerateDataKeyPair: 10 });
  });
});

describe('operations that share a quota', () => {
  it('lose by their shares', () => {
    expect(refusedOf(loadOf({ GenerateDataKey: 12_000, Decrypt: 4000 }))).toEqual({
      GenerateDataKey: 45_000,
      Decrypt: 15_000,
    });
  });

  it('do not take from those with another', () => {
    expect(refusedOf(loadOf({ Decrypt: 20_000, CreateKey: 5, CreateAlias: 6 }))).toEqual({
      Decrypt: 100_000,
      CreateKey: 0,
      CreateAlias: 10,
    });
  });

  it('are as in the example of AWS', () => {
    expect(answerLoad(loadOf({ GenerateDataKey: 7000, Decrypt: 2000 })).throttled).toBe(false);
    expect(answerLoad(loadOf({ GenerateDataKey: 9500, Encrypt: 1000 })).throttled).toBe(true);
  });
});

const operations = ['Decrypt', 'Encrypt', 'GenerateDataKey', 'CreateKey', 'ReplicateKey', 'DescribeKey'];
const counts = fc.dictionary(fc.constantFrom(...operations), fc.nat(60), { minKeys: 1 });
const quotas = fc.record(
  Object.fromEntries([symmetric, 'CreateKey', 'ReplicateKey', 'DescribeKey'].map((name) => [name, fc.nat(100)])),
);
const units = fc.constantFrom(1, 60, 3600);

describe('for every load', () => {
  it('requests come evenly: no more in a second than the rates together, rounded up, and none is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(5000), units), { minLength: 1, maxLength: 5 }), (pairs) => {
        const list = pairs.map(([count, seconds]) => ({ count, seconds }));
        const lists = arrivals(list, 60);
        const rate = list.reduce((sum, { count, seconds }) => sum + count / seconds, 0);
        for (let second = 0; second < 60; second++) {
          const all = lists.map((each) => each[second] ?? Number.NaN);
          expect(Math.min(...all)).toBeGreaterThanOrEqual(0);
          const sum = all.reduce((one, other) => one + other, 0);
          expect(sum).toBeLessThanOrEqual(Math.ceil(rate - 1e-6));
          expect(sum).toBeGreaterThanOrEqual(Math.floor(rate + 1e-6));
        }
        for (const [index, { count, seconds }] of list.entries()) {
          const came = lists[index]?.reduce((one, other) => one + other, 0) ?? 0;
          // Where the rates together have to be even, one of several may be late by more than one.
          expect(Math.abs(came - (60 * count) / seconds)).toBeLessThan(2);
        }
      }),
    );
  });

  it('a load of at most its quotas is never throttled', () => {
    fc.assert(
      fc.property(counts, units, (asked, per) => {
        const { quotas: uses } = answerLoad(loadOf(asked, { per }));
        const shared = (names: readonly string[]) =>
          Math.ceil(names.reduce((sum, name) => sum + (asked[name] ?? 0) / per, 0) - 1e-9);
        const stated: Record<string, number> = {};
        for (const { name, operations: each } of uses) {
          const cost = each.reduce((most, one) => Math.max(most, one.counts), 1);
          const names = each.map((one) => one.name);
          stated[name] = Math.max(stated[name] ?? 0, cost * shared(names));
        }
        expect(answerLoad(loadOf(asked, { per, stated })).throttled).toBe(false);
      }),
    );
  });

  it('higher quotas never refuse more, and the quotas that are advised refuse nothing', () => {
    fc.assert(
      fc.property(counts, quotas, fc.nat(50), units, (asked, stated, more, per) => {
        const load = loadOf(asked, { per, stated });
        const answer = answerLoad(load);
        const all = (each: typeof answer) => each.operations.reduce((sum, { refused }) => sum + refused, 0);
        const raised = Object.fromEntries(Object.entries(stated).map(([name, rate]) => [name, rate + more]));
        expect(all(answerLoad(loadOf(asked, { per, stated: raised })))).toBeLessThanOrEqual(all(answer));
        const enough: Record<string, number> = { ...stated };
        for (const { name, to } of adviceOn(load, answer).raise) enough[name] = Math.max(enough[name] ?? 0, to);
        expect(answerLoad(loadOf(asked, { per, stated: enough })).throttled).toBe(false);
      }),
    );
  });

  it('no quota lets more pass than it has, and every refusal is accounted for', () => {
    fc.assert(
      fc.property(counts, quotas, units, (asked, stated, per) => {
        const { quotas: uses, seconds, throttled } = answerLoad(loadOf(asked, { per, stated }));
        for (const { limit, requests, refused, peak } of uses) {
          expect(requests - refused).toBeLessThanOrEqual(limit * seconds + (uses.length > 1 ? requests : 0));
          expect(peak * seconds).toBeGreaterThanOrEqual(requests);
        }
        expect(throttled).toBe(uses.some(({ refused }) => refused > 0));
      }),
    );
  });
});

const words = (load: Load) => tellLoad(load).sentences;

describe('in words', () => {
  it('a shared quota', () => {
    expect(words(loadOf({ GenerateDataKey: 12_000, Decrypt: 4000 }))).toEqual([
      `12,000 GenerateDataKey + 4,000 Decrypt requests/s share one quota of 10,000/s (${symmetric}): 37.5 % are refused from second 1`,
      'a quota of 16,000/s would let all pass, and AWS raises it on request',
      'with data key caching, of 2 messages for each data key, KMS would see 8,000 calls/s, and all would pass',
    ]);
  });

  it('a load that fits', () => {
    expect(words(loadOf({ Decrypt: 2500 }))).toEqual([
      `2,500 Decrypt requests/s have a quota of 10,000/s (${symmetric}): all pass, and 25 % of it is used`,
    ]);
  });

  it('S3 without a Bucket Key, and with one', () => {
    expect(words(loadOf({ 's3:GetObject': 20_000 }))).toEqual([
      'S3 makes 20,000 Decrypt calls/s of 20,000 s3:GetObject requests/s',
      `20,000 Decrypt requests/s have a quota of 10,000/s (${symmetric}): 50 % are refused from second 1`,
      'a quota of 20,000/s would let all pass, and AWS raises it on request',
      'with an S3 Bucket Key KMS would see 200 calls/s, and all would pass',
    ]);
    expect(words(loadOf({ 's3:GetObject': 20_000, 's3:CopyObject': 100 }, { bucketKey: true }))).toEqual([
      'S3 makes 201 Decrypt + 1 GenerateDataKey calls/s of 20,000 s3:GetObject + 100 s3:CopyObject requests/s, with a Bucket Key that saves the 99 % that AWS names as the most',
      `201 Decrypt + 1 GenerateDataKey requests/s share one quota of 10,000/s (${symmetric}): all pass, and 2 % of it is used`,
      'without the Bucket Key KMS would see 20,200 calls/s, and 50.5 % would be refused',
    ]);
  });

  it('caches, which all ask at the start', () => {
    const caching = { maxAge: 300_000, maxMessages: 10_000, hosts: 8 };
    expect(words(loadOf({ GenerateDataKey: 80 }, { caching, stated: { [symmetric]: 5 } }))).toEqual([
      'of 80 messages/s 0.8 find no data key in a cache and call GenerateDataKey',
      `0.8 GenerateDataKey requests/s have a quota of 5/s (${symmetric}): 37.5 % are refused in second 1`,
      'a quota of 8/s would let all pass, and AWS raises it on request',
      'without data key caching KMS would see 80 calls/s, and 93.8 % would be refused',
    ]);
  });

  it('what cannot be raised, what counts twice, and what has no quota', () => {
    const key = { keySpec: 'SYMMETRIC_DEFAULT', origin: 'AWS_CLOUDHSM' } as const;
    expect(words(loadOf({ Encrypt: 3600 }, { key, region: 'us-east-1' }))).toEqual([
      '3,600 Encrypt requests/s have a quota of 1,800/s (CustomKeyStore (AWS_CLOUDHSM)): 50 % are refused from second 1',
      'a quota of 3,600/s would let all pass, but AWS does not raise this one',
    ]);
    expect(words(loadOf({ ReplicateKey: 5 }))[0]).toBe(
      '5 ReplicateKey (each counts 2) requests/s have a quota of 5/s (CreateKey in the other Region): 60 % are refused from second 1',
    );
    expect(words(loadOf({ Decapsulate: 5 }))).toEqual([
      'AWS documents no quota for Decapsulate, so that none of it is refused here',
    ]);
  });
});

describe('advice', () => {
  it('on caching is the fewest messages that do', () => {
    const load = loadOf({ GenerateDataKey: 95_000, Encrypt: 7000 }, { seconds: 20 });
    const { caching } = adviceOn(load, answerLoad(load));
    const most = caching?.limits?.maxMessages ?? 0;
    expect(most).toBeGreaterThan(1);
    const throttledWith = (maxMessages: number) =>
      answerLoad({ ...load, caching: { maxAge: 300_000, maxMessages } }).throttled;
    expect([throttledWith(most - 1), throttledWith(most)]).toEqual([true, false]);
  });

  it('is not given where no cache is enough, or nobody knows what is shared', () => {
    for (const requests of [{ GenerateDataKey: 10, Encrypt: 20_000 }, { Decrypt: 20_000 }]) {
      const load = loadOf(requests);
      expect(adviceOn(load, answerLoad(load)).caching).toBeUndefined();
    }
  });
});
