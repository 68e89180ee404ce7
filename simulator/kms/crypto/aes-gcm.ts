import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';

/** AES-256-GCM with a nonce of 12 bytes and a tag of 16. */
const CIPHER = 'aes-256-gcm';
const authTagLength = 16;

export interface Sealed {
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** @param authenticated what the tag covers besides, in the clear */
export function gcmSeal(key: KeyObject, nonce: Uint8Array, plaintext: Uint8Array, authenticated: Uint8Array): Sealed {
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength });
  cipher.setAAD(authenticated);
  return { ciphertext: Buffer.concat([cipher.update(plaintext), cipher.final()]), tag: cipher.getAuthTag() };
}

/** Undefined where anything is not what it was sealed with. */
export function gcmOpen(
  key: KeyObject,
  nonce: Uint8Array,
  { ciphertext, tag }: Sealed,
  authenticated: Uint8Array,
): Uint8Array | undefined {
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength });
  decipher.setAAD(authenticated);
  decipher.setAuthTag(tag);
  const plaintext = decipher.update(ciphertext);
  try {
    decipher.final();
    return plaintext;
  } catch {
    plaintext.fill(0);
    return undefined;
  }
}
