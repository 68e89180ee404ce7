import {
  constants,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  privateDecrypt,
  privateEncrypt,
  publicDecrypt,
  publicEncrypt,
} from 'node:crypto';
import type { RandomSource } from '../environment.ts';
import { digestOf, hashOf } from './hash.ts';

/** RSA as KMS offers it. Signatures are made over digests, which Node's own functions do not take, so they are padded here. */

/** Made off the main thread. */
export function newRsaKey(bits: number): Promise<KeyObject> {
  return new Promise((resolve, reject) => {
    generateKeyPair('rsa', { modulusLength: bits }, (error, _, privateKey) =>
      error ? reject(error) : resolve(privateKey),
    );
  });
}

/** @param algorithm `RSAES_OAEP_SHA_1` or `RSAES_OAEP_SHA_256` */
export function oaepEncrypt(key: KeyObject, algorithm: string, plaintext: Uint8Array): Uint8Array {
  const oaepHash = hashOf(algorithm);
  return publicEncrypt({ key: publicOf(key), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, plaintext);
}

/** Undefined where it was not encrypted so. */
export function oaepDecrypt(key: KeyObject, algorithm: string, ciphertext: Uint8Array): Uint8Array | undefined {
  if (!hasLengthOf(key, ciphertext)) return undefined;
  try {
    const oaepHash = hashOf(algorithm);
    return privateDecrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, ciphertext);
  } catch {
    return undefined;
  }
}

/** @param algorithm `RSASSA_PSS_SHA_256`, `RSASSA_PKCS1_V1_5_SHA_512`, … */
export function rsaSign(key: KeyObject, algorithm: string, digest: Uint8Array, random: RandomSource): Uint8Array {
  const hash = hashOf(algorithm);
  if (!isPss(algorithm)) {
    return privateEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, digestInfo(hash, digest));
  }
  const encoded = pssEncode(hash, digest, random.bytes(digest.length), modulusBits(key) - 1);
  return privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, leftPadded(encoded, modulusBits(key) / 8));
}

export function rsaVerify(key: KeyObject, algorithm: string, digest: Uint8Array, signature: Uint8Array): boolean {
  if (!hasLengthOf(key, signature)) return false;
  const hash = hashOf(algorithm);
  try {
    if (!isPss(algorithm)) {
      const found = publicDecrypt({ key: publicOf(key), padding: constants.RSA_PKCS1_PADDING }, signature);
      return found.equals(digestInfo(hash, digest));
    }
    const encoded = publicDecrypt({ key: publicOf(key), padding: constants.RSA_NO_PADDING }, signature);
    return pssFits(hash, digest, encoded, modulusBits(key) - 1);
  } catch {
    return false;
  }
}

export const modulusBits = (key: KeyObject): number => key.asymmetricKeyDetails?.modulusLength ?? 0;

/** Node takes numbers without their leading zeros, which RFC 8017 does not. */
const hasLengthOf = (key: KeyObject, bytes: Uint8Array): boolean => bytes.length === modulusBits(key) / 8;

const isPss = (algorithm: string): boolean => algorithm.startsWith('RSASSA_PSS_');

const publicOf = (key: KeyObject): KeyObject => (key.type === 'private' ? createPublicKey(key) : key);

/** Source: RFC 8017, section 9.2, note 1. */
const DIGEST_INFO: Readonly<Record<string, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

function digestInfo(hash: string, digest: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(DIGEST_INFO[hash] ?? '', 'hex'), digest]);
}

/** EMSA-PSS of RFC 8017, section 9.1, with a salt as long as the digest, as KMS has it. */
function pssEncode(hash: string, digest: Uint8Array, salt: Uint8Array, bits: number): Uint8Array {
  const length = Math.ceil(bits / 8);
  const h = digestOf(hash, Buffer.concat([Buffer.alloc(8), digest, salt]));
  const db = Buffer.alloc(length - h.length - 1);
  db[db.length - salt.length - 1] = 1;
  db.set(salt, db.length - salt.length);
  const masked = xor(db, mgf1(hash, h, db.length));
  clearTopBits(masked, length * 8 - bits);
  return Buffer.concat([masked, h, Uint8Array.of(0xbc)]);
}

function pssFits(hash: string, digest: Uint8Array, encoded: Uint8Array, bits: number): boolean {
  const length = Math.ceil(bits / 8);
  const em = encoded.subarray(encoded.length - length);
  const h = em.subarray(length - digest.length - 1, length - 1);
  const masked = em.subarray(0, length - digest.length - 1);
  const db = xor(masked, mgf1(hash, h, masked.length));
  clearTopBits(db, length * 8 - bits);
  const salt = db.subarray(db.length - digest.length);
  return Buffer.from(em).equals(pssEncode(hash, digest, salt, bits));
}

function mgf1(hash: string, seed: Uint8Array, length: number): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let counter = 0, have = 0; have < length; counter++) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(counter);
    const block = digestOf(hash, Buffer.concat([seed, number]));
    blocks.push(block);
    have += block.length;
  }
  return Buffer.concat(blocks).subarray(0, length);
}

function xor(one: Uint8Array, other: Uint8Array): Buffer {
  return Buffer.from(one.map((byte, index) => byte ^ (other[index] ?? 0)));
}

function clearTopBits(bytes: Uint8Array, count: number): void {
  bytes[0] = (bytes[0] ?? 0) & (0xff >> count);
}

function leftPadded(bytes: Uint8Array, length: number): Uint8Array {
  return Buffer.concat([Buffer.alloc(length - bytes.length), bytes]);
}
