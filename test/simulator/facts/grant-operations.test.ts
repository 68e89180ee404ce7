import { describe, expect, test } from 'vitest';
import { findAction } from '../../../simulator/facts/actions.ts';
import {
  findGrantOperation,
  fitsKey,
  grantOperationNames,
  grantOperations,
} from '../../../simulator/facts/grant-operations.ts';
import type { KeyType, KeyUsage } from '../../../simulator/facts/types.ts';

describe('the grant operations', () => {
  test('there are 19, each an action and never `ReEncrypt`', () => {
    expect(grantOperationNames).toEqual([
      'CreateGrant',
      'Decapsulate',
      'Decrypt',
      'DeriveSharedSecret',
      'DescribeKey',
      'Encapsulate',
      'Encrypt',
      'GenerateDataKey',
      'GenerateDataKeyPair',
      'GenerateDataKeyPairWithoutPlaintext',
      'GenerateDataKeyWithoutPlaintext',
      'GenerateMac',
      'GetPublicKey',
      'ReEncryptFrom',
      'ReEncryptTo',
      'RetireGrant',
      'Sign',
      'Verify',
      'VerifyMac',
    ]);
    for (const name of grantOperationNames) expect(findAction(name)?.name).toBe(name);
    expect(findGrantOperation('ReEncrypt')).toBeUndefined();
    expect(findGrantOperation('decrypt')).toBeUndefined();
  });

  test('each fits the keys that can perform it', () => {
    const everyKey = ['CreateGrant', 'DescribeKey', 'RetireGrant'];
    const dataKeys = ['', 'Pair', 'PairWithoutPlaintext', 'WithoutPlaintext'].map((end) => `GenerateDataKey${end}`);
    const encryption = ['Decrypt', 'Encrypt', 'ReEncryptFrom', 'ReEncryptTo'];
    expect(fitting('symmetric', 'ENCRYPT_DECRYPT')).toEqual([...everyKey, ...encryption, ...dataKeys].sort());
    expect(fitting('asymmetric', 'ENCRYPT_DECRYPT')).toEqual([...everyKey, ...encryption, 'GetPublicKey'].sort());
    expect(fitting('asymmetric', 'SIGN_VERIFY')).toEqual([...everyKey, 'GetPublicKey', 'Sign', 'Verify'].sort());
    expect(fitting('asymmetric', 'KEY_AGREEMENT')).toEqual([...everyKey, 'DeriveSharedSecret', 'GetPublicKey'].sort());
    expect(fitting('asymmetric', 'ENCAPSULATE_DECAPSULATE')).toEqual(
      [...everyKey, 'Decapsulate', 'Encapsulate', 'GetPublicKey'].sort(),
    );
    expect(fitting('hmac', 'GENERATE_VERIFY_MAC')).toEqual([...everyKey, 'GenerateMac', 'VerifyMac'].sort());
  });

  test('what an encryption context constraint does', () => {
    expect(findGrantOperation('Decrypt')?.contextConstraint).toBe('request');
    expect(findGrantOperation('ReEncryptTo')?.contextConstraint).toBe('request');
    expect(findGrantOperation('CreateGrant')?.contextConstraint).toBe('child-grant');
    expect(findGrantOperation('DescribeKey')?.contextConstraint).toBe('ignored');
    expect(findGrantOperation('RetireGrant')?.contextConstraint).toBe('ignored');
    expect(findGrantOperation('Sign')?.contextConstraint).toBe('impossible');
    expect(findGrantOperation('GetPublicKey')?.contextConstraint).toBe('impossible');
  });
});

function fitting(type: KeyType, usage: KeyUsage): readonly string[] {
  return grantOperations.filter((operation) => fitsKey(operation, type, usage)).map(({ name }) => name);
}
