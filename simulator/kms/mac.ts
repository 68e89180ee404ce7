import { createHmac } from 'node:crypto';
import { keyObject } from './crypto/bare-key.ts';
import { hashOf } from './crypto/hash.ts';
import type { KmsKey } from './key.ts';
import { algorithmFor, secretOf } from './key-use.ts';

/** @param algorithm `HMAC_SHA_256` */
export async function macUnder(key: KmsKey, algorithm: string, message: Uint8Array): Promise<Uint8Array> {
  algorithmFor(key, algorithm);
  const { secret } = await secretOf(key);
  return createHmac(hashOf(algorithm), keyObject(secret)).update(message).digest();
}
