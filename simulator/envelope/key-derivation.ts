import { createSecretKey, hash, type KeyObject } from 'node:crypto';
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
  const pseudorandomKey = hmac(kdf, version === 2 ? messageId : NONE, dataKey);
  const suiteId = Uint8Array.of(suite.id >> 8, suite.id & 0xff);
  const info = Buffer.concat([suiteId, version === 2 ? encryptionKeyInfo : messageId, BLOCK]);
  const derived = hmac(kdf, pseudorandomKey, info);
  const encryptionKey = createSecretKey(derived.subarray(0, keyBytes));
  const commitment = version === 2 ? hmac(kdf, pseudorandomKey, commitmentInfo).subarray(0, COMMITMENT_BYTES) : NONE;
  derived.fill(0);
  pseudorandomKey.fill(0);
  return { encryptionKey, commitment };
}

const NONE = new Uint8Array(0);
/** The number of the block, which ends what HKDF hashes. */
const BLOCK = Uint8Array.of(1);
const encryptionKeyInfo = Buffer.from(ENCRYPTION_KEY_LABEL);
const commitmentInfo = Buffer.concat([Buffer.from(COMMITMENT_LABEL), BLOCK]);

/**
 * HMAC (RFC 2104) for keys that are no longer than a block of the hash. That of node:crypto takes four times as long in
 * some versions, and short messages are mostly this.
 */
function hmac(kdf: NonNullable<AlgorithmSuite['kdf']>, key: Uint8Array, data: Uint8Array): Buffer {
  const block = kdf === 'sha256' ? 64 : 128;
  const inner = padded(block, 0x36, key, data);
  const outer = padded(block, 0x5c, key, hash(kdf, inner, 'buffer'));
  const result = hash(kdf, outer, 'buffer');
  inner.fill(0);
  outer.fill(0);
  return result;
}

function padded(block: number, pad: number, key: Uint8Array, data: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(block + data.length).fill(pad, 0, block);
  for (let at = 0; at < key.length; at++) bytes[at] = pad ^ (key[at] ?? 0);
  bytes.set(data, block);
  return bytes;
}
