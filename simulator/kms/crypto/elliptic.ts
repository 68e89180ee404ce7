import { createECDH, createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import type { RandomSource } from '../environment.ts';

/**
 * Elliptic curve keys and ECDSA over digests. Node's own ECDSA always hashes, and a signature over a digest that the
 * caller made is what KMS offers; points are thus multiplied and added here. Not made to resist timing attacks: nothing
 * here is a secret of anybody.
 */
interface Curve {
  /** As Node calls it, and as JSON Web Keys do. */
  readonly name: string;
  readonly jwk: string;
  readonly p: bigint;
  readonly a: bigint;
  readonly n: bigint;
  readonly g: Point;
  readonly bytes: number;
}

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

const P256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const P384 = 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n;
const P521 = 2n ** 521n - 1n;
const K256 = 2n ** 256n - 2n ** 32n - 977n;

/** Source: SEC 2, "Recommended Elliptic Curve Domain Parameters". The base points come from Node. */
const curves: ReadonlyMap<string, Curve> = new Map([
  [
    'ECC_NIST_P256',
    curve('prime256v1', 'P-256', P256, P256 - 3n, 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'),
  ],
  [
    'ECC_NIST_P384',
    curve(
      'secp384r1',
      'P-384',
      P384,
      P384 - 3n,
      'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
    ),
  ],
  [
    'ECC_NIST_P521',
    curve(
      'secp521r1',
      'P-521',
      P521,
      P521 - 3n,
      '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
    ),
  ],
  [
    'ECC_SECG_P256K1',
    curve('secp256k1', 'secp256k1', K256, 0n, 'fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141'),
  ],
]);

export const isEllipticSpec = (spec: string): boolean => curves.has(spec);

/** The JSON Web Key name of a spec's curve. */
export const jwkCurveOf = (spec: string): string | undefined => curves.get(spec)?.jwk;

/** A new private key whose scalar comes from `random`. */
export function newEllipticKey(spec: string, random: RandomSource): KeyObject {
  const { name, jwk, n, bytes } = curveOf(spec);
  const ecdh = createECDH(name);
  const d = randomScalar(n, bytes, random);
  ecdh.setPrivateKey(d);
  const point = ecdh.getPublicKey();
  const part = (start: number): string => point.subarray(start, start + bytes).toString('base64url');
  const key = { kty: 'EC', crv: jwk, d: d.toString('base64url'), x: part(1), y: part(1 + bytes) };
  return createPrivateKey({ key, format: 'jwk' });
}

/** The seed of an Ed25519 key in PKCS #8 follows 16 fixed bytes. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function newEd25519Key(random: RandomSource): KeyObject {
  const key = Buffer.concat([ED25519_PKCS8, random.bytes(32)]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}

/** An ECDSA signature in DER over a digest that was made by the caller. */
export function signDigest(spec: string, key: KeyObject, digest: Uint8Array, random: RandomSource): Uint8Array {
  const { name, n, bytes } = curveOf(spec);
  const d = numberOf(Buffer.from(key.export({ format: 'jwk' }).d ?? '', 'base64url'));
  const z = leftmost(digest, n);
  for (;;) {
    const k = randomScalar(n, bytes, random);
    const ecdh = createECDH(name);
    ecdh.setPrivateKey(k);
    const r = numberOf(ecdh.getPublicKey().subarray(1, 1 + bytes)) % n;
    const s = mod(inverse(numberOf(k), n) * (z + r * d), n);
    if (r !== 0n && s !== 0n) return derSequence(r, s);
  }
}

export function verifyDigest(spec: string, key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const on = curveOf(spec);
  const pair = readDerSequence(signature);
  if (!pair) return false;
  const [r, s] = pair;
  if (r <= 0n || s <= 0n || r >= on.n || s >= on.n) return false;
  const w = inverse(s, on.n);
  const q = publicPoint(key);
  const sum = add(multiply(on.g, mod(leftmost(digest, on.n) * w, on.n), on), multiply(q, mod(r * w, on.n), on), on);
  return sum !== undefined && sum.x % on.n === r;
}

function curve(name: string, jwk: string, p: bigint, a: bigint, order: string): Curve {
  const bytes = Math.ceil(p.toString(16).length / 2);
  const one = Buffer.alloc(bytes);
  one[bytes - 1] = 1;
  return {
    name,
    jwk,
    p,
    a,
    n: BigInt(`0x${order}`),
    bytes,
    get g() {
      const ecdh = createECDH(name);
      ecdh.setPrivateKey(one);
      const point = ecdh.getPublicKey();
      return { x: numberOf(point.subarray(1, 1 + bytes)), y: numberOf(point.subarray(1 + bytes)) };
    },
  };
}

function curveOf(spec: string): Curve {
  const found = curves.get(spec);
  if (!found) throw new RangeError(`\`${spec}\` is no elliptic curve with ECDSA`);
  return found;
}

/** Uniform between 1 and n - 1: eight bytes more than needed leave no bias that matters. */
function randomScalar(n: bigint, bytes: number, random: RandomSource): Buffer {
  const value = (numberOf(random.bytes(bytes + 8)) % (n - 1n)) + 1n;
  return Buffer.from(value.toString(16).padStart(bytes * 2, '0'), 'hex');
}

function publicPoint(key: KeyObject): Point {
  const { x = '', y = '' } = (key.type === 'private' ? createPublicKey(key) : key).export({ format: 'jwk' });
  return { x: numberOf(Buffer.from(x, 'base64url')), y: numberOf(Buffer.from(y, 'base64url')) };
}

/** As many bits of the digest as the order has. */
function leftmost(digest: Uint8Array, n: bigint): bigint {
  const excess = digest.length * 8 - n.toString(2).length;
  const value = numberOf(digest);
  return excess > 0 ? value >> BigInt(excess) : value;
}

function multiply(point: Point, by: bigint, on: Curve): Point | undefined {
  let sum: Point | undefined;
  let power: Point | undefined = point;
  for (let rest = by; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = add(sum, power, on);
    power = add(power, power, on);
  }
  return sum;
}

/** Undefined is the point at infinity. */
function add(one: Point | undefined, other: Point | undefined, { p, a }: Curve): Point | undefined {
  if (!one || !other) return one ?? other;
  if (one.x === other.x && mod(one.y + other.y, p) === 0n) return undefined;
  const slope =
    one.x === other.x
      ? mod((3n * one.x * one.x + a) * inverse(2n * one.y, p), p)
      : mod((other.y - one.y) * inverse(other.x - one.x, p), p);
  const x = mod(slope * slope - one.x - other.x, p);
  return { x, y: mod(slope * (one.x - x) - one.y, p) };
}

/** By the extended Euclidean algorithm; `m` is prime. */
function inverse(value: bigint, m: bigint): bigint {
  let [low, high] = [mod(value, m), m];
  let [x, y] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high % low, low];
    [x, y] = [y - quotient * x, x];
  }
  return mod(x, m);
}

const mod = (value: bigint, m: bigint): bigint => ((value % m) + m) % m;

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);

function derSequence(r: bigint, s: bigint): Uint8Array {
  const content = Buffer.concat([derInteger(r), derInteger(s)]);
  return Buffer.concat([
    Buffer.from(content.length < 128 ? [0x30, content.length] : [0x30, 0x81, content.length]),
    content,
  ]);
}

function derInteger(value: bigint): Uint8Array {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
  const positive = (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes;
  return Buffer.concat([Uint8Array.of(2, positive.length), positive]);
}

/** Only the one encoding that DER allows is a signature. */
function readDerSequence(bytes: Uint8Array): readonly [bigint, bigint] | undefined {
  const data = Buffer.from(bytes);
  let at = data[1] === 0x81 ? 3 : 2;
  const integer = (): bigint | undefined => {
    const length = data[at + 1];
    if (data[at] !== 2 || length === undefined || length === 0) return undefined;
    const content = data.subarray(at + 2, at + 2 + length);
    at += 2 + length;
    return content.length === length ? numberOf(content) : undefined;
  };
  const r = integer();
  const s = integer();
  if (r === undefined || s === undefined) return undefined;
  return data.equals(derSequence(r, s)) ? [r, s] : undefined;
}

/** The digest that an algorithm such as `ECDSA_SHA_256` signs. */
export function hashOf(algorithm: string): string {
  const bits = /SHA_(\d+)$/.exec(algorithm)?.[1];
  if (bits === undefined) throw new RangeError(`\`${algorithm}\` has no hash`);
  return `sha${bits}`;
}

export const digestOf = (hash: string, message: Uint8Array): Uint8Array => createHash(hash).update(message).digest();
