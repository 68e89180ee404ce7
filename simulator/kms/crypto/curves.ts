import { createECDH } from 'node:crypto';
import { nodeHasCurve } from './available.ts';

/**
 * The curves of ECDSA: multiples of the base point, and the sums that a verification needs. Not made to resist timing
 * attacks: nothing here is a secret of anybody.
 */
export interface Curve {
  /** As Node calls it, and as JSON Web Keys do. */
  readonly name: string;
  readonly jwk: string;
  readonly p: bigint;
  readonly a: bigint;
  readonly n: bigint;
  readonly bytes: number;
}

export interface Point {
  readonly x: bigint;
  readonly y: bigint;
}

const P256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const P384 = 2n ** 384n - 2n ** 128n - 2n ** 96n + 2n ** 32n - 1n;
const P521 = 2n ** 521n - 1n;
const K256 = 2n ** 256n - 2n ** 32n - 977n;

/** Source: SEC 2, "Recommended Elliptic Curve Domain Parameters". The base points come from Node or the library. */
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

export function curveOf(spec: string): Curve {
  const found = curves.get(spec);
  if (!found) throw new RangeError(`\`${spec}\` is no elliptic curve with ECDSA`);
  return found;
}

/** The JSON Web Key name of a spec's curve. */
export const jwkCurveOf = (spec: string): string | undefined => curves.get(spec)?.jwk;

/** A multiple of the base point, as a point that is not compressed. @param scalar between 1 and n - 1 */
export async function timesBase(on: Curve, scalar: bigint): Promise<Uint8Array> {
  return nodeHasCurve(on.name)
    ? nodeTimesBase(on, scalar)
    : (await import('./library.ts')).timesBaseOfSecp256k1(scalar);
}

export function nodeTimesBase({ name, bytes }: Curve, scalar: bigint): Uint8Array {
  const ecdh = createECDH(name);
  ecdh.setPrivateKey(bytesOf(scalar, bytes));
  return ecdh.getPublicKey();
}

/** Of a point that is not compressed. */
export function pointOf(bytes: Uint8Array): Point {
  const middle = (bytes.length + 1) / 2;
  return { x: numberOf(bytes.subarray(1, middle)), y: numberOf(bytes.subarray(middle)) };
}

export function multiply(point: Point, by: bigint, on: Curve): Point | undefined {
  let sum: Point | undefined;
  let power: Point | undefined = point;
  for (let rest = by; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = add(sum, power, on);
    power = add(power, power, on);
  }
  return sum;
}

/** Undefined is the point at infinity. */
export function add(one: Point | undefined, other: Point | undefined, { p, a }: Curve): Point | undefined {
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
export function inverse(value: bigint, m: bigint): bigint {
  let [low, high] = [mod(value, m), m];
  let [x, y] = [1n, 0n];
  while (low > 1n) {
    const quotient = high / low;
    [low, high] = [high % low, low];
    [x, y] = [y - quotient * x, x];
  }
  return mod(x, m);
}

export const mod = (value: bigint, m: bigint): bigint => ((value % m) + m) % m;

export const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex') || '0'}`);

export const bytesOf = (value: bigint, length: number): Buffer =>
  Buffer.from(value.toString(16).padStart(length * 2, '0'), 'hex');

function curve(name: string, jwk: string, p: bigint, a: bigint, order: string): Curve {
  return { name, jwk, p, a, n: BigInt(`0x${order}`), bytes: Math.ceil(p.toString(16).length / 2) };
}
