/** Encryption, data keys and random bytes. Source: AWS KMS API Reference; `@aws-sdk/client-kms` 3.1164.0. Checked 2026-11. */
import type { KeyType, KeyUsage, KmsErrorFact, KmsOperation } from '../types.ts';
import { cryptographic, withoutKey } from './row.ts';
import { stateRows } from './states.ts';

const encrypts: readonly KeyUsage[] = ['ENCRYPT_DECRYPT'];
const symmetricOnly: readonly KeyType[] = ['symmetric'];
const dataKeyWrongKey: KmsErrorFact = {
  error: 'InvalidKeyUsageException',
  message: 'You cannot generate a data key with an asymmetric CMK',
};
const cryptography = {
  symmetric: 'CryptographicOperationsSymmetric',
  rsa: 'CryptographicOperationsRSA',
  ecc: 'CryptographicOperationsECCSM2',
  keyStore: 'CustomKeyStore',
};

export const encryptionOperations: readonly KmsOperation[] = [
  cryptographic({
    name: 'Encrypt',
    summary: 'Encrypts up to 4,096 bytes under the key; asymmetric keys take less, depending on size and padding.',
    encryptionContext: true,
    keyUsages: encrypts,
    keyStates: stateRows.use,
    quota: [cryptography.symmetric, cryptography.rsa, cryptography.ecc, cryptography.keyStore],
  }),
  cryptographic({
    name: 'Decrypt',
    summary:
      'Decrypts what Encrypt, ReEncrypt or a data key operation encrypted; for symmetric keys the ciphertext names the key.',
    encryptionContext: true,
    keyUsages: encrypts,
    keyStates: stateRows.use,
    quota: [cryptography.symmetric, cryptography.rsa, cryptography.ecc, cryptography.keyStore],
  }),
  cryptographic({
    name: 'ReEncrypt',
    summary:
      'Decrypts a ciphertext inside KMS and encrypts it again under another key or context, without showing the plaintext.',
    permissions: [
      { action: 'ReEncryptFrom', on: 'source-key' },
      { action: 'ReEncryptTo', on: 'destination-key' },
    ],
    encryptionContext: true,
    grantOperations: ['ReEncryptFrom', 'ReEncryptTo'],
    keyUsages: encrypts,
    keyStates: stateRows.use,
    quota: [cryptography.symmetric, cryptography.rsa, cryptography.ecc, cryptography.keyStore],
  }),
  cryptographic({
    name: 'GenerateDataKey',
    summary:
      'Returns a new data key twice: in the clear for use now, and encrypted under the key for storing with the data.',
    encryptionContext: true,
    keyUsages: encrypts,
    keyTypes: symmetricOnly,
    wrongKey: dataKeyWrongKey,
    keyStates: stateRows.use,
    quota: [cryptography.symmetric, cryptography.keyStore],
  }),
  cryptographic({
    name: 'GenerateDataKeyWithoutPlaintext',
    summary: 'Returns a new data key only in its encrypted form, for use later after Decrypt.',
    encryptionContext: true,
    keyUsages: encrypts,
    keyTypes: symmetricOnly,
    wrongKey: dataKeyWrongKey,
    keyStates: stateRows.use,
    quota: [cryptography.symmetric, cryptography.keyStore],
  }),
  cryptographic({
    name: 'GenerateDataKeyPair',
    summary:
      'Returns a new key pair for use outside KMS, the private key both in the clear and encrypted under the key.',
    encryptionContext: true,
    keyUsages: encrypts,
    keyTypes: symmetricOnly,
    wrongKey: { error: 'InvalidKeyUsageException' },
    keyStates: stateRows.dataKeyPairs,
    quota: ['GenerateDataKeyPair'],
  }),
  cryptographic({
    name: 'GenerateDataKeyPairWithoutPlaintext',
    summary: 'Returns a new key pair for use outside KMS, the private key only encrypted under the key.',
    encryptionContext: true,
    keyUsages: encrypts,
    keyTypes: symmetricOnly,
    wrongKey: { error: 'InvalidKeyUsageException' },
    keyStates: stateRows.dataKeyPairs,
    quota: ['GenerateDataKeyPair'],
  }),
  withoutKey({
    name: 'GenerateRandom',
    summary: 'Returns 1 to 1,024 random bytes; it uses no KMS key.',
    quota: [cryptography.symmetric, cryptography.keyStore],
  }),
];
