import { createHash, type KeyObject } from 'node:crypto';

/**
 * Ed25519ph of RFC 8032, which Node does not have: the hash of the message is signed, under a prefix that keeps such
 * signatures apart from those of Ed25519. Not made to resist timing attacks: nothing here is a secret of anybody.
 */
const P = 2n ** 255n - 19n;
const L = 2n ** 252n + 27742317777372353535851937790883648493n;
const D = mod(-121665n * power(121666n, P - 2n));
const PREFIX = Buffer.from('SigEd25519 no Ed25519 collisions\x01\x00', 'latin1');

/** Extended coordinates: x = X/Z, y = Y/Z, x y = T/Z. */
interface Point {
  readonly X: bigint;
  readonly Y: bigint;
  readonly Z: bigint;
  readonly T: bigint;
}

const BASE = decode(encodeNumber(mod(4n * power(5n, P - 2n))));

export function signHashed(key: KeyObject, message: Uint8Array): Uint8Array {
  const { d = '', x = '' } = key.export({ format: 'jwk' });
  const hash = sha512(Buffer.from(d, 'base64url'));
  const scalar = Buffer.from(hash.subarray(0, 32));
  scalar[0] = (scalar[0] ?? 0) & 0xf8;
  scalar[31] = ((scalar[31] ?? 0) & 0x7f) | 0x40;
  const hashed = sha512(message);
  const r = numberOf(sha512(PREFIX, hash.subarray(32), hashed)) % L;
  const R = encode(multiply(BASE, r));
  const k = numberOf(sha512(PREFIX, R, Buffer.from(x, 'base64url'), hashed)) % L;
  return Buffer.concat([R, encodeNumber((r + k * numberOf(scalar)) % L)]);
}

export function verifyHashed(key: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  const publicKey = Buffer.from(key.export({ format: 'jwk' }).x ?? '', 'base64url');
  const A = decode(publicKey);
  const R = signature.subarray(0, 32);
  const S = numberOf(signature.subarray(32));
  if (!A || S >= L) return false;
  const k = numberOf(sha512(PREFIX, R, publicKey, sha512(message))) % L;
  const minusA: Point = { ...A, X: mod(-A.X), T: mod(-A.T) };
  return Buffer.compare(encode(add(multiply(BASE, S), multiply(minusA, k))), R) === 0;
}

function add(one: Point, other: Point): Point {
  const a = mod((one.Y - one.X) * (other.Y - other.X));
  const b = mod((one.Y + one.X) * (other.Y + other.X));
  const c = mod(2n * D * mod(one.T * other.T));
  const d = mod(2n * one.Z * other.Z);
  const [e, f, g, h] = [b - a, d - c, d + c, b + a];
  return { X: mod(e * f), Y: mod(g * h), Z: mod(f * g), T: mod(e * h) };
}

function multiply(point: Point | undefined, by: bigint): Point {
  let sum: Point = { X: 0n, Y: 1n, Z: 1n, T: 0n };
  let doubled = point ?? sum;
  for (let rest = by; rest > 0n; rest >>= 1n) {
    if (rest & 1n) sum = add(sum, doubled);
    doubled = add(doubled, doubled);
  }
  return sum;
}

function encode({ X, Y, Z }: Point): Buffer {
  const inverse = power(Z, P - 2n);
  const bytes = encodeNumber(mod(Y * inverse));
  if (mod(X * inverse) & 1n) bytes[31] = (bytes[31] ?? 0) | 0x80;
  return bytes;
}

/** Undefined where the bytes are no point of the curve. */
function decode(bytes: Uint8Array): Point | undefined {
  const data = Buffer.from(bytes);
  if (data.length !== 32) return undefined;
  const sign = (data[31] ?? 0) >> 7;
  data[31] = (data[31] ?? 0) & 0x7f;
  const Y = numberOf(data);
  if (Y >= P) return undefined;
  const u = mod(Y * Y - 1n);
  const v = mod(D * Y * Y + 1n);
  let X = mod(u * power(v, 3n) * power(mod(u * power(v, 7n)), (P - 5n) / 8n));
  const square = mod(v * X * X);
  if (square === mod(-u)) X = mod(X * power(2n, (P - 1n) / 4n));
  else if (square !== u) return undefined;
  if (X === 0n && sign === 1) return undefined;
  if (Number(X & 1n) !== sign) X = P - X;
  return { X, Y, Z: 1n, T: mod(X * Y) };
}

function sha512(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Little-endian, as everything is here. */
function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).reverse().toString('hex') || '0'}`);
}

function encodeNumber(value: bigint): Buffer {
  return Buffer.from(value.toString(16).padStart(64, '0'), 'hex').reverse();
}

function mod(value: bigint): bigint {
  const rest = value % P;
  return rest < 0n ? rest + P : rest;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = mod(base);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = mod(result * square);
    square = mod(square * square);
  }
  return result;
}
