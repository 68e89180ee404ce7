import { describe, expect, test } from 'vitest';
import { kmsOperations } from '../../../simulator/facts/operations.ts';
import {
  policySizeQuotas,
  type QuotaQuestion,
  rateIn,
  requestQuotas,
  requestQuotasOf,
  resourceQuotas,
} from '../../../simulator/facts/quotas.ts';
import { findRegion } from '../../../simulator/facts/regions.ts';

describe('request quotas', () => {
  test('operations and quotas name the same groups', () => {
    const named = new Set(kmsOperations.flatMap((operation) => operation.quota));
    const rows = new Set(requestQuotas.map((quota) => quota.group));
    expect([...named].sort()).toEqual([...rows].sort());
  });

  test('only the ML-KEM operations have none', () => {
    const none = kmsOperations.filter((operation) => operation.quota.length === 0).map(({ name }) => name);
    expect(none).toEqual(['Decapsulate', 'Encapsulate']);
    expect(requestQuotasOf('GenerateDataKeyPair', { keyPairSpec: 'ML_KEM_512' })).toEqual([]);
  });

  test.each<[string, QuotaQuestion, string, number]>([
    ['Decrypt', { keySpec: 'SYMMETRIC_DEFAULT', origin: 'AWS_KMS' }, 'us-east-1', 100_000],
    ['Decrypt', { keySpec: 'SYMMETRIC_DEFAULT', origin: 'AWS_KMS' }, 'eu-central-1', 20_000],
    ['GenerateDataKey', { keySpec: 'SYMMETRIC_DEFAULT', origin: 'AWS_KMS' }, 'eu-north-1', 10_000],
    ['GenerateMac', { keySpec: 'HMAC_256' }, 'eu-north-1', 10_000],
    ['Decrypt', { keySpec: 'RSA_2048', origin: 'AWS_KMS' }, 'us-east-1', 1000],
    ['Sign', { keySpec: 'ECC_NIST_P256' }, 'us-east-1', 1000],
    ['Sign', { keySpec: 'ML_DSA_44' }, 'us-east-1', 1000],
    ['GenerateDataKeyPair', { keyPairSpec: 'RSA_4096' }, 'us-east-1', 1],
    ['GenerateDataKeyPairWithoutPlaintext', { keyPairSpec: 'ECC_NIST_P256' }, 'us-east-1', 100],
    ['DescribeKey', {}, 'us-east-1', 2000],
    ['CreateGrant', {}, 'us-east-1', 50],
    ['GetParametersForImport', {}, 'us-east-1', 1],
    ['UpdateAlias', {}, 'us-east-1', 5],
  ])('%s with %o in %s: %i a second', (operation, question, region, rate) => {
    expect(requestQuotasOf(operation, question).map((quota) => rateIn(quota, region))).toEqual([rate]);
  });

  test('a key in a custom key store counts twice', () => {
    const found = requestQuotasOf('Decrypt', { keySpec: 'SYMMETRIC_DEFAULT', origin: 'EXTERNAL_KEY_STORE' });
    expect(found.map((quota) => quota.group)).toEqual(['CryptographicOperationsSymmetric', 'CustomKeyStore']);
    expect(found.map((quota) => quota.adjustable)).toEqual([true, true]);
  });

  test('Regions with rates of their own exist', () => {
    for (const { regionalRates = {} } of requestQuotas) {
      for (const region of Object.keys(regionalRates)) expect(findRegion(region)?.partition.name).toBe('aws');
    }
  });
});

test('resource quotas', () => {
  expect(resourceQuotas.map(({ name, limit }) => `${name} ${limit}`)).toEqual([
    'customer managed keys 100000',
    'aliases 50',
    'grants 50000',
    'custom key stores 10',
    'on-demand rotations 25',
    'tags 50',
  ]);
});

test('policy sizes', () => {
  expect(policySizeQuotas.map(({ policy, limit, unit }) => `${policy} ${limit} ${unit}`)).toEqual([
    'key-policy 32768 bytes',
    'managed 6144 characters',
    'role-inline 10240 characters',
    'user-inline 2048 characters',
    'group-inline 5120 characters',
    'scp 10240 characters',
    'rcp 5120 characters',
  ]);
});
