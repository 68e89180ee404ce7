import { createHash } from 'node:crypto';

/** The digest that an algorithm such as `ECDSA_SHA_256` signs. */
export function hashOf(algorithm: string): string {
  const bits = /SHA_(\d+)$/.exec(algorithm)?.[1];
  if (bits === undefined) throw new RangeError(`\`${algorithm}\` has no hash`);
  return `sha${bits}`;
}

export const digestOf = (hash: string, message: Uint8Array): Uint8Array => createHash(hash).update(message).digest();
