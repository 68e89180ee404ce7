import { createHmac, createSecretKey } from 'node:crypto';
import { findKeySpec } from '../facts/key-specs.ts';
import { isAvailable, unavailable } from './crypto/available.ts';
import type { SecretKey } from './crypto/bare-key.ts';
import { newEd25519Key } from './crypto/ed25519.ts';
import { ellipticKey, newScalar } from './crypto/elliptic.ts';
import { latticeKey, newLatticeSeed } from './crypto/lattice.ts';
import { newRsaKey } from './crypto/rsa.ts';
import type { RandomSource } from './environment.ts';

/** What a key encrypts, signs or computes with. A rotation gives a symmetric key new material and keeps the old. */
export interface KeyMaterial {
  /** 64 hexadecimal digits, the same whenever the same material is given to the same key. */
  readonly id: string;
  /** Held as a key object so that it is neither printed nor written to JSON by accident. Undefined: deleted or expired. */
  secret: Secret | undefined;
  /** When it became current by a rotation; the first material never did. */
  rotated?: { readonly at: number; readonly type: 'AUTOMATIC' | 'ON_DEMAND' };
  /** Of imported material. */
  imported?: ImportFacts;
}

/** What costs time is made when it is first used: RSA pairs above all. */
export type Secret = () => Promise<SecretKey>;

export interface ImportFacts {
  readonly description?: string;
  /** When it expires, in milliseconds since 1970. Left out: never. */
  readonly validTo?: number;
}

/**
 * All material of a key. The keys of a multi-Region key share it, but for imported material, which each of them is given
 * by itself.
 */
export class Materials {
  /** What new ciphertexts are made with. Undefined: nothing was imported yet. */
  current: KeyMaterial | undefined;
  /** What older ciphertexts were made with, the oldest first. */
  readonly earlier: KeyMaterial[] = [];
  /** Imported, and waiting for RotateKeyOnDemand. */
  pending: KeyMaterial | undefined;

  constructor(current?: KeyMaterial) {
    this.current = current;
  }

  /** The oldest first, what waits for its rotation last. */
  get all(): readonly KeyMaterial[] {
    return [...this.earlier, ...(this.current ? [this.current] : []), ...(this.pending ? [this.pending] : [])];
  }

  find(id: string): KeyMaterial | undefined {
    return this.all.find((each) => each.id === id);
  }

  /** Whether everything that belongs to the key for good is there. */
  get isWhole(): boolean {
    return this.current?.secret !== undefined && this.earlier.every(({ secret }) => secret !== undefined);
  }

  /** The same material for another Region. @param isThere whether it is there already, or still to be imported */
  forAnotherRegion(isThere: boolean): Materials {
    const copyOf = ({ id, secret, rotated, imported }: KeyMaterial): KeyMaterial => ({
      id,
      secret: isThere ? secret : undefined,
      ...(rotated ? { rotated } : {}),
      ...(isThere && imported ? { imported } : {}),
    });
    const copy = new Materials(this.current && copyOf(this.current));
    copy.earlier.push(...this.earlier.map(copyOf));
    copy.pending = this.pending && copyOf(this.pending);
    return copy;
  }

  rotate(material: KeyMaterial, at: number, type: 'AUTOMATIC' | 'ON_DEMAND'): void {
    if (this.current) this.earlier.push(this.current);
    material.rotated = { at, type };
    this.current = material;
  }
}

export const SYMMETRIC_BYTES = 32;

/** New material for a key of the spec. What this build has no cryptography for fails when it is used. */
export function newMaterial(keyId: string, spec: string, random: RandomSource): KeyMaterial {
  const length = secretBytes(spec);
  if (length !== undefined) return materialOf(keyId, random.bytes(length));
  return { id: materialId(keyId, random.bytes(SYMMETRIC_BYTES)), secret: newKeyPair(spec, random) };
}

/** Symmetric or HMAC material. Takes over the bytes, which it overwrites with zeros. */
export function materialOf(keyId: string, bytes: Uint8Array): KeyMaterial {
  const id = materialId(keyId, bytes);
  const key = createSecretKey(bytes);
  bytes.fill(0);
  return { id, secret: async () => key };
}

/** Replicas of a multi-Region key share the key id and the material, hence also the id of the material. */
export function materialId(keyId: string, bytes: Uint8Array): string {
  return createHmac('sha256', bytes).update(`kms-lens key material\0${keyId}`).digest('hex');
}

/** The length of a spec's material where it is plain bytes. */
export function secretBytes(spec: string): number | undefined {
  if (spec === 'SYMMETRIC_DEFAULT') return SYMMETRIC_BYTES;
  return findKeySpec(spec)?.family === 'hmac' ? Number(spec.slice('HMAC_'.length)) / 8 : undefined;
}

/** What the source of randomness gives is drawn at once, so that runs repeat whatever is used of them. */
export function newKeyPair(spec: string, random: RandomSource): Secret {
  if (!isAvailable(spec)) return async () => unavailable(spec);
  if (spec === 'ECC_NIST_EDWARDS25519') {
    const key = newEd25519Key(random);
    return async () => key;
  }
  switch (findKeySpec(spec)?.family) {
    case 'rsa':
      return once(() => newRsaKey(Number(spec.slice('RSA_'.length))));
    case 'ecc': {
      const scalar = newScalar(spec, random);
      return once(() => ellipticKey(spec, scalar));
    }
    case 'ml-dsa':
    case 'ml-kem': {
      const seed = newLatticeSeed(spec, random);
      return once(() => latticeKey(spec, seed));
    }
    default:
      throw new RangeError(`\`${spec}\` is no spec of a key pair`);
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
