/** Signatures, MACs, key agreement and ML-KEM. Source: AWS KMS API Reference; `@aws-sdk/client-kms` 3.1164.0. Checked 2026-11. */
import type { KeyUsage, KmsOperation } from '../types.ts';
import { cryptographic } from './row.ts';
import { stateRows } from './states.ts';

const signs: readonly KeyUsage[] = ['SIGN_VERIFY'];
const macs: readonly KeyUsage[] = ['GENERATE_VERIFY_MAC'];
const encapsulates: readonly KeyUsage[] = ['ENCAPSULATE_DECAPSULATE'];
const signing = ['CryptographicOperationsRSA', 'CryptographicOperationsECCSM2', 'CryptographicOperationsMLDSA'];
const mlKemAssumed =
  'AWS documents neither the key states nor the request quota of the ML-KEM operations; the key states are those of the other operations on asymmetric keys.';

export const asymmetricOperations: readonly KmsOperation[] = [
  cryptographic({
    name: 'Sign',
    summary: 'Signs a message of up to 4,096 bytes, or a digest of a longer one, with the private key.',
    keyUsages: signs,
    quota: signing,
  }),
  cryptographic({
    name: 'Verify',
    summary:
      'Checks a signature with the public key; a wrong one is answered with KMSInvalidSignatureException, not with false.',
    keyUsages: signs,
    quota: signing,
  }),
  cryptographic({
    name: 'GenerateMac',
    summary: 'Computes an HMAC over a message of up to 4,096 bytes.',
    keyUsages: macs,
    quota: ['CryptographicOperationsSymmetric'],
  }),
  cryptographic({
    name: 'VerifyMac',
    summary: 'Checks an HMAC; a wrong one is answered with KMSInvalidMacException, not with false.',
    keyUsages: macs,
    quota: ['CryptographicOperationsSymmetric'],
  }),
  cryptographic({
    name: 'DeriveSharedSecret',
    summary: "Derives the ECDH shared secret of the key's private key and the public key of a peer.",
    keyUsages: ['KEY_AGREEMENT'],
    quota: ['CryptographicOperationsECCSM2', 'CustomKeyStore'],
    since: '2024-06-13',
  }),
  cryptographic({
    name: 'GetPublicKey',
    summary: 'Returns the public key with its usage and algorithms, for use outside KMS.',
    acceptsDryRun: false,
    keyTypes: ['asymmetric'],
    wrongKey: { error: 'UnsupportedOperationException' },
    keyStates: stateRows.getPublicKey,
    quota: ['GetPublicKey'],
  }),
  cryptographic({
    name: 'Encapsulate',
    summary:
      'Makes a 32-byte shared secret with an ML-KEM public key, and the ciphertext that carries it to the holder of the key.',
    keyUsages: encapsulates,
    quota: [],
    since: '2026-10-26',
    assumed: mlKemAssumed,
  }),
  cryptographic({
    name: 'Decapsulate',
    summary:
      'Recovers the shared secret of Encapsulate; for a foreign or altered ciphertext it returns another secret instead of an error.',
    keyUsages: encapsulates,
    quota: [],
    since: '2026-10-26',
    assumed: mlKemAssumed,
  }),
];
