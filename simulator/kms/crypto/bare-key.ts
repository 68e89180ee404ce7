import type { KeyObject } from 'node:crypto';

/** What a key encrypts, signs or computes with. */
export type SecretKey = KeyObject | BareKey;

/**
 * A private key of a kind that Node may not know, as the bytes that all of it comes from: the scalar of an elliptic key,
 * the seed of a lattice key. Like a key object it is neither printed nor written to JSON by accident.
 */
export class BareKey {
  readonly spec: string;
  readonly publicBytes: Uint8Array;
  readonly #secret: Uint8Array;

  constructor(spec: string, secret: Uint8Array, publicBytes: Uint8Array) {
    this.spec = spec;
    this.#secret = secret;
    this.publicBytes = publicBytes;
  }

  secretBytes(): Uint8Array {
    return this.#secret;
  }
}

/** Of keys that Node always knows. */
export function keyObject(secret: SecretKey): KeyObject {
  if (secret instanceof BareKey) throw new TypeError(`keys of ${secret.spec} are not held by Node`);
  return secret;
}

export function bareKey(secret: SecretKey): BareKey {
  if (!(secret instanceof BareKey)) throw new TypeError('the key is held by Node');
  return secret;
}
