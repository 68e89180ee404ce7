import { createHmac } from 'node:crypto';
import { hashOf } from './crypto/elliptic.ts';
import type { KmsKey } from './key.ts';
import { algorithmFor, secretOf } from './key-use.ts';

/** @param algorithm `HMAC_SHA_256` */
export async function macUnder(key: KmsKey, algorithm: string, message: Uint8Array): Promise<Uint8Array> {
  algorithmFor(key, algorithm);
  const { secret } = await secretOf(key);
  return createHmac(hashOf(algorithm), secret).update(message).digest();
}
