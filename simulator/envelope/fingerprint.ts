import { createHash, type Hash } from 'node:crypto';

/**
 * 16 hexadecimal digits by which people can tell that two secrets or messages are the same without seeing either: the
 * start of SHA-256 over a label and the bytes.
 */
export function fingerprint(bytes: Uint8Array): string {
  return fingerprintOf(newFingerprint().update(bytes));
}

/** For bytes that come in pieces: to be updated with each, and then given to {@link fingerprintOf}. */
export function newFingerprint(): Hash {
  return createHash('sha256').update('kms-lens fingerprint\0');
}

export function fingerprintOf(hash: Hash): string {
  return hash.digest('hex').slice(0, 16);
}
