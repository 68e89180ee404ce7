import type { KeyObject } from 'node:crypto';
import type { EncryptionContext } from '../kms/encryption-context.ts';
import type { RandomSource } from '../kms/environment.ts';
import { EnvelopeError, GET_ORIGINAL } from './errors.ts';
import type { EncryptedDataKey, MessageHeader } from './format/header.ts';
import type { GeneratedDataKey, Keyring } from './keyring.ts';
import { newSigningKey, PUBLIC_KEY } from './signature.ts';
import { type AlgorithmSuite, suiteNumber } from './suites.ts';

/** Gives what messages are encrypted and decrypted with; the place for what lies between messages and keyrings. */
export interface MaterialsManager {
  encryptionMaterials(request: EncryptionRequest): Promise<EncryptionMaterials>;
  /** The data key. */
  decryptionMaterials(header: DecryptionRequest): Promise<Uint8Array>;
}

export interface EncryptionRequest {
  readonly suite: AlgorithmSuite;
  readonly encryptionContext: EncryptionContext;
  /** How much is going to be encrypted; undefined where nobody knows. */
  readonly plaintextLength: number | undefined;
}

export interface EncryptionMaterials extends GeneratedDataKey {
  /** Of the message: for signed ones it has their public key. */
  readonly encryptionContext: EncryptionContext;
  readonly signingKey: KeyObject | undefined;
}

export type DecryptionRequest = Pick<MessageHeader, 'suite' | 'encryptionContext'> & {
  readonly encryptedDataKeys: readonly EncryptedDataKey[];
};

/** A new data key for each message, and a new key pair where it is signed. */
export function newMaterials(keyring: Keyring, random: RandomSource): MaterialsManager {
  return {
    async encryptionMaterials({ suite, encryptionContext: pairs }) {
      const pair = suite.signature && newSigningKey(suite.signature, random);
      const encryptionContext = pair ? { ...pairs, [PUBLIC_KEY]: pair.publicKey } : pairs;
      const { plaintextDataKey, encryptedDataKeys } = await keyring.generate(encryptionContext);
      return { plaintextDataKey, encryptedDataKeys, encryptionContext, signingKey: pair?.key };
    },
    decryptionMaterials: ({ suite, encryptionContext, encryptedDataKeys }) =>
      keyring.unwrap(encryptedDataKeys, encryptionContext, suite.keyBytes),
  };
}

/** Throws an EnvelopeError `encryption-context` where suite and context disagree on whether the message is signed. */
export function checkSignatureKey({ suite, encryptionContext }: DecryptionRequest): void {
  const isThere = Object.hasOwn(encryptionContext, PUBLIC_KEY);
  if (isThere === (suite.signature !== undefined)) return;
  const verb = isThere ? 'has' : 'does not have';
  const kind = isThere ? 'not signed' : 'signed';
  const message = `the encryption context ${verb} \`${PUBLIC_KEY}\`, but a message of suite \`${suiteNumber(suite.id)}\` is ${kind}: the suite was exchanged`;
  throw new EnvelopeError('encryption-context', message, GET_ORIGINAL);
}
