import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { RandomSource } from '../environment.ts';
import { BareKey, type SecretKey } from './bare-key.ts';
import { add, bytesOf, type Curve, curveOf, inverse, mod, multiply, numberOf, pointOf, timesBase } from './curves.ts';
import { der, derInteger, INTEGER, readDer, SEQUENCE } from './der.ts';

/**
 * Elliptic curve keys and ECDSA over digests. Node's own ECDSA always hashes, and a signature over a digest that the
 * caller made is what KMS offers.
 */

export const SECP256K1 = 'ECC_SECG_P256K1';

/** Uniform between 1 and n - 1: eight bytes more than needed leave no bias that matters. */
export function newScalar(spec: string, random: RandomSource): bigint {
  const { n, bytes } = curveOf(spec);
  return (numberOf(random.bytes(bytes + 8)) % (n - 1n)) + 1n;
}

/** The private key with this scalar. Not every Node knows secp256k1. */
export async function ellipticKey(spec: string, scalar: bigint): Promise<SecretKey> {
  const on = curveOf(spec);
  const secret = bytesOf(scalar, on.bytes);
  const point = await timesBase(on, scalar);
  if (spec === SECP256K1) return new BareKey(spec, secret, point);
  const part = (start: number) => Buffer.from(point.subarray(start, start + on.bytes)).toString('base64url');
  const key = { kty: 'EC', crv: on.jwk, d: secret.toString('base64url'), x: part(1), y: part(1 + on.bytes) };
  return createPrivateKey({ key, format: 'jwk' });
}

/** Undefined where it is the scalar of no key. */
export async function readScalar(spec: string, bytes: Uint8Array): Promise<SecretKey | undefined> {
  const scalar = numberOf(bytes);
  return scalar > 0n && scalar < curveOf(spec).n ? ellipticKey(spec, scalar) : undefined;
}

/** An ECDSA signature in DER over a digest that was made by the caller. */
export async function signDigest(
  spec: string,
  key: SecretKey,
  digest: Uint8Array,
  random: RandomSource,
): Promise<Uint8Array> {
  const on = curveOf(spec);
  const d = scalarOf(key);
  const z = leftmost(digest, on);
  for (;;) {
    const k = newScalar(spec, random);
    const r = pointOf(await timesBase(on, k)).x % on.n;
    const s = mod(inverse(k, on.n) * (z + r * d), on.n);
    if (r !== 0n && s !== 0n) return der(SEQUENCE, derInteger(r), derInteger(s));
  }
}

export async function verifyDigest(
  spec: string,
  key: SecretKey,
  digest: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const on = curveOf(spec);
  const pair = readSignature(signature);
  if (!pair) return false;
  const [r, s] = pair;
  if (r <= 0n || s <= 0n || r >= on.n || s >= on.n) return false;
  const w = inverse(s, on.n);
  const fromDigest = mod(leftmost(digest, on) * w, on.n);
  const base = fromDigest === 0n ? undefined : pointOf(await timesBase(on, fromDigest));
  const sum = add(base, multiply(publicPoint(key), mod(r * w, on.n), on), on);
  return sum !== undefined && sum.x % on.n === r;
}

function scalarOf(key: SecretKey): bigint {
  if (key instanceof BareKey) return numberOf(key.secretBytes());
  return numberOf(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
}

function publicPoint(key: SecretKey) {
  if (key instanceof BareKey) return pointOf(key.publicBytes);
  const { x = '', y = '' } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return { x: numberOf(Buffer.from(x, 'base64url')), y: numberOf(Buffer.from(y, 'base64url')) };
}

/** As many bits of the digest as the order has. */
function leftmost(digest: Uint8Array, { n }: Curve): bigint {
  const excess = digest.length * 8 - n.toString(2).length;
  const value = numberOf(digest);
  return excess > 0 ? value >> BigInt(excess) : value;
}

/** Only the one encoding that DER allows is a signature. */
function readSignature(bytes: Uint8Array): readonly [bigint, bigint] | undefined {
  const [outer, ...after] = readDer(bytes) ?? [];
  const numbers = outer?.tag === SEQUENCE && after.length === 0 ? readDer(outer.content) : undefined;
  const [r, s] = numbers ?? [];
  if (r?.tag !== INTEGER || s?.tag !== INTEGER || numbers?.length !== 2) return undefined;
  const pair = [numberOf(r.content), numberOf(s.content)] as const;
  return derInteger(pair[0]).equals(r.whole) && derInteger(pair[1]).equals(s.whole) ? pair : undefined;
}
