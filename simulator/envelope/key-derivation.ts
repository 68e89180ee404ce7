import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import { type AlgorithmSuite, COMMITMENT_BYTES, DATA_KEY_BYTES } from './suites.ts';

/** What one message is encrypted and recognised with, both made from its data key and its id. */
export interface DerivedKeys {
  readonly encryptionKey: KeyObject;
  /** Stands in the header: whoever has another data key notices before decrypting anything. */
  readonly commitment: Uint8Array;
}

export const ENCRYPTION_KEY_LABEL = 'DERIVEKEY';
export const COMMITMENT_LABEL = 'COMMITKEY';

/**
 * HKDF-SHA512 (RFC 5869) with the message id as salt. The label of the encryption key follows the suite's id; that of
 * the commitment stands alone. Both outputs fit into one block of the hash, so three HMACs do it.
 */
export function deriveKeys(suite: AlgorithmSuite, dataKey: Uint8Array, messageId: Uint8Array): DerivedKeys {
  const pseudorandomKey = createHmac('sha512', messageId).update(dataKey).digest();
  const suiteId = Uint8Array.of(suite.id >> 8, suite.id & 0xff);
  const derived = expand(pseudorandomKey, Buffer.concat([suiteId, Buffer.from(ENCRYPTION_KEY_LABEL)]));
  const encryptionKey = createSecretKey(derived.subarray(0, DATA_KEY_BYTES));
  const commitment = expand(pseudorandomKey, Buffer.from(COMMITMENT_LABEL)).subarray(0, COMMITMENT_BYTES);
  derived.fill(0);
  pseudorandomKey.fill(0);
  return { encryptionKey, commitment };
}

function expand(pseudorandomKey: Uint8Array, info: Uint8Array): Buffer {
  return createHmac('sha512', pseudorandomKey).update(info).update(Uint8Array.of(1)).digest();
}
