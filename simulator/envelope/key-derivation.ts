import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { type AlgorithmSuite, COMMITMENT_BYTES } from './suites.ts';

/** What one message is encrypted and recognised with, both made from its data key and its id. */
export interface DerivedKeys {
  readonly encryptionKey: KeyObject;
  /** Stands in the header: whoever has another data key notices before decrypting anything. Empty in version 1. */
  readonly commitment: Uint8Array;
}

export const ENCRYPTION_KEY_LABEL = 'DERIVEKEY';
export const COMMITMENT_LABEL = 'COMMITKEY';

/**
 * HKDF (RFC 5869). Version 2 has the message id as salt; the label of the encryption key follows the suite's id, that of
 * the commitment stands alone. Version 1 has no salt, and the message id behind the suite's id; its suites without
 * derivation encrypt with the data key itself. All outputs fit into one block of the hash, so an HMAC each does it.
 */
export function deriveKeys(suite: AlgorithmSuite, dataKey: Uint8Array, messageId: Uint8Array): DerivedKeys {
  const { kdf, version, keyBytes } = suite;
  if (!kdf) return { encryptionKey: createSecretKey(dataKey), commitment: NONE };
  const pseudorandomKey = createHmac(kdf, version === 2 ? messageId : NONE)
    .update(dataKey)
    .digest();
  const expand = (...info: readonly Uint8Array[]): Buffer =>
    createHmac(kdf, pseudorandomKey)
      .update(Buffer.concat([...info, ONE]))
      .digest();
  const suiteId = Uint8Array.of(suite.id >> 8, suite.id & 0xff);
  const derived = expand(suiteId, version === 2 ? encryptionKeyInfo : messageId);
  const encryptionKey = createSecretKey(derived.subarray(0, keyBytes));
  const commitment = version === 2 ? expand(commitmentInfo).subarray(0, COMMITMENT_BYTES) : NONE;
  derived.fill(0);
  pseudorandomKey.fill(0);
  return { encryptionKey, commitment };
}

const NONE = new Uint8Array(0);
const ONE = Uint8Array.of(1);
const encryptionKeyInfo = Buffer.from(ENCRYPTION_KEY_LABEL);
const commitmentInfo = Buffer.from(COMMITMENT_LABEL);
