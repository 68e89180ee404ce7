import {
  createECDH,
  createPrivateKey,
  createPublicKey,
  createSign,
  createVerify,
  ECDH,
  type JsonWebKey,
  type KeyObject,
  type Sign,
  type Verify,
} from 'node:crypto';
import type { RandomSource } from '../kms/environment.ts';
import { EnvelopeError, GET_ORIGINAL } from './errors.ts';
import type { SignatureAlgorithm } from './suites.ts';

/** Where a signed message holds the key that its signature is checked with. */
export const PUBLIC_KEY = 'aws-crypto-public-key';

export interface SigningKey {
  readonly key: KeyObject;
  /** The compressed point in base64, as the encryption context holds it. */
  readonly publicKey: string;
}

/** A new key pair for one data key. */
export function newSigningKey({ curve, jwkCurve }: SignatureAlgorithm, random: RandomSource): SigningKey {
  const pair = createECDH(curve);
  for (;;) {
    const secret = Buffer.from(random.bytes(jwkCurve === 'P-384' ? 48 : 32));
    try {
      pair.setPrivateKey(secret);
    } catch {
      // One number in 2^32 at most is as large as the order of the curve.
      continue;
    }
    const d = secret.toString('base64url');
    const key = createPrivateKey({ key: { ...jwkOf(pair.getPublicKey(), jwkCurve), d }, format: 'jwk' });
    secret.fill(0);
    return { key, publicKey: pair.getPublicKey('base64', 'compressed') };
  }
}

export function signer({ hash }: SignatureAlgorithm): Sign {
  return createSign(hash);
}

/** Checks a message with `publicKey`, which is what its encryption context says. */
export class SignatureCheck {
  readonly #key: KeyObject;
  readonly #verify: Verify;

  /** Throws an EnvelopeError `malformed` for what is no point of the curve. */
  constructor({ curve, jwkCurve, hash }: SignatureAlgorithm, publicKey: string) {
    this.#verify = createVerify(hash);
    try {
      const point = ECDH.convertKey(publicKey, curve, 'base64', undefined, 'uncompressed');
      this.#key = createPublicKey({ key: jwkOf(Buffer.from(point), jwkCurve), format: 'jwk' });
    } catch {
      const message = `the encryption context has no point of the curve ${jwkCurve} as \`${PUBLIC_KEY}\``;
      throw new EnvelopeError('malformed', message, GET_ORIGINAL);
    }
  }

  update(bytes: Uint8Array): void {
    this.#verify.update(bytes);
  }

  /** Throws an EnvelopeError `signature`; `offset` is where the signature starts. */
  finish(signature: Uint8Array, offset: number): void {
    if (this.#verify.verify(this.#key, signature)) return;
    const message = `the signature at byte ${offset} is not one of this message: something in the message was changed, or somebody else wrote it`;
    throw new EnvelopeError('signature', message, GET_ORIGINAL, { field: 'signature', offset });
  }
}

/** Of a point that is not compressed. */
function jwkOf(point: Buffer, crv: string): JsonWebKey {
  const half = (point.length + 1) / 2;
  const [x, y] = [point.subarray(1, half), point.subarray(half)].map((each) => each.toString('base64url'));
  return { kty: 'EC', crv, ...(x && y ? { x, y } : {}) };
}
