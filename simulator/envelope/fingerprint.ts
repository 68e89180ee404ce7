import { createHash } from 'node:crypto';

/**
 * 16 hexadecimal digits by which people can tell that two secrets or messages are the same without seeing either: the
 * start of SHA-256 over a label and the bytes.
 */
export function fingerprint(bytes: Uint8Array): string {
  return createHash('sha256').update('kms-lens fingerprint\0').update(bytes).digest('hex').slice(0, 16);
}
