import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';

/** Versions of the format that this build reads; it writes the last. */
export const VERSION = 1;
export const WRAPPING_KEY_BYTES = 32;
export const SALT_BYTES = 32;
export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
export const MAC_BYTES = 32;
export const KEY_ID_BYTES = 16;

const ALGORITHM = 'aes-256-gcm';

/** Tells a wrong key from a damaged file, and nothing of the key. */
export function keyIdOf(wrappingKey: Uint8Array): Buffer {
  return createHmac('sha256', wrappingKey).update('kms-lens state: key id').digest().subarray(0, KEY_ID_BYTES);
}

/** A key for one purpose in the files of one generation. */
export function derivedKey(wrappingKey: Uint8Array, salt: Uint8Array, purpose: Purpose): Buffer {
  return Buffer.from(hkdfSync('sha256', wrappingKey, salt, `kms-lens state: ${purpose}`, 32));
}

export type Purpose = 'snapshot' | 'records' | 'head';

export interface Sealed {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

export function seal(key: Uint8Array, plaintext: Uint8Array, context: Uint8Array, nonce = newNonce()): Sealed {
  const cipher = createCipheriv(ALGORITHM, key, nonce);
  cipher.setAAD(context);
  const ciphertext = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return { nonce, ciphertext, tag: cipher.getAuthTag() };
}

/** Undefined where it is not what was sealed. */
export function unseal(key: Uint8Array, { nonce, ciphertext, tag }: Sealed, context: Uint8Array): Buffer | undefined {
  const decipher = createDecipheriv(ALGORITHM, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(context);
  decipher.setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
  } catch {
    return undefined;
  }
}

export const newNonce = (): Buffer => randomBytes(NONCE_BYTES);
export const newSalt = (): Buffer => randomBytes(SALT_BYTES);

export const macOf = (key: Uint8Array, bytes: Uint8Array): Buffer => createHmac('sha256', key).update(bytes).digest();
