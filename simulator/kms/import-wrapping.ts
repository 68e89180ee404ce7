import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { findKeySpec } from '../facts/key-specs.ts';
import { wrappingAlgorithms } from '../facts/origins.ts';
import { assertAvailable } from './crypto/available.ts';
import type { SecretKey } from './crypto/bare-key.ts';
import { jwkCurveOf } from './crypto/curves.ts';
import { readScalar, SECP256K1 } from './crypto/elliptic.ts';
import { readSecp256k1Scalar, spkiOf } from './crypto/encoding.ts';
import { unwrapPadded, wrapPadded } from './crypto/key-wrap.ts';
import { modulusBits, oaepDecrypt, oaepEncrypt } from './crypto/rsa.ts';
import type { RandomSource } from './environment.ts';
import { invalid, invalidCiphertext, KmsError, unsupported } from './errors.ts';
import type { ImportToken, KmsKey } from './key.ts';
import { type KeyMaterial, materialId, materialOf, secretBytes } from './material.ts';

/** Throws what KMS answers to a wrapping that does not fit the key. */
export function checkWrapping({ identity }: KmsKey, algorithm: string, wrappingKeySpec: string): void {
  const facts = wrappingAlgorithms.find(({ name }) => name === algorithm);
  const family = findKeySpec(identity.spec)?.family;
  if (facts?.wraps.length === 0)
    throw unsupported('', `KMS does not support ${algorithm} any more: wrap with RSAES_OAEP_SHA_256`);
  const isTooLong = /^RSAES_/.test(algorithm) && identity.spec === 'ECC_NIST_P521' && wrappingKeySpec === 'RSA_2048';
  if (!facts || !family || !facts.wraps.includes(family) || isTooLong)
    throw invalid(
      '',
      `${algorithm} with ${wrappingKeySpec} does not wrap key material of ${identity.spec}: take ${wrappingAlgorithms
        .filter(({ wraps, regions }) => family && wraps.includes(family) && regions !== 'china-only')
        .map(({ name }) => `\`${name}\``)
        .join(' or ')}`,
    );
  assertAvailable(algorithm);
  assertAvailable(wrappingKeySpec);
}

/** The material that was wrapped. Throws what KMS answers where there is none for this key. */
export async function unwrapMaterial(
  key: KmsKey,
  { wrappingKey, algorithm }: ImportToken,
  wrapped: Uint8Array,
): Promise<KeyMaterial> {
  const bytes = wrappingKey && unwrap(wrappingKey, algorithm, wrapped);
  if (!bytes)
    throw invalidCiphertext('wrap the material with the public key and the algorithm that came with the import token');
  const { id, spec } = key.identity;
  const length = secretBytes(spec);
  if (length === undefined) return pairOf(id, spec, bytes);
  if (bytes.length !== length) throw wrongMaterial(`give ${length} bytes of key material`);
  return materialOf(id, Buffer.from(bytes));
}

/**
 * Bytes as somebody outside of KMS wraps them. Undefined where the algorithm does not take as many.
 *
 * @param publicKey SPKI DER
 */
export function wrapBytes(
  publicKey: Uint8Array,
  algorithm: string,
  bytes: Uint8Array,
  random: RandomSource,
): Uint8Array | undefined {
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  const isHybrid = algorithm.startsWith('RSA_AES_KEY_WRAP_');
  const kek = isHybrid ? random.bytes(32) : bytes;
  if (modulusBits(key) / 8 - (algorithm.endsWith('_SHA_1') ? 42 : 66) < kek.length) return undefined;
  const encrypted = oaepEncrypt(key, algorithm, kek);
  return isHybrid ? Buffer.concat([encrypted, wrapPadded(kek, bytes)]) : encrypted;
}

function unwrap(key: KeyObject, algorithm: string, wrapped: Uint8Array): Uint8Array | undefined {
  if (!algorithm.startsWith('RSA_AES_KEY_WRAP_')) return oaepDecrypt(key, algorithm, wrapped);
  const length = modulusBits(key) / 8;
  const kek = oaepDecrypt(key, algorithm, wrapped.subarray(0, length));
  return kek && unwrapPadded(kek, wrapped.subarray(length));
}

/** A private key in PKCS #8. Its id comes from its public key, which every encoding of it has. */
async function pairOf(keyId: string, spec: string, der: Uint8Array): Promise<KeyMaterial> {
  const key = await readPrivateKey(der, spec);
  if (!key) throw wrongMaterial(`give a private key of ${spec} in PKCS #8 DER`);
  return { id: materialId(keyId, createHash('sha256').update(spkiOf(key)).digest()), secret: async () => key };
}

async function readPrivateKey(der: Uint8Array, spec: string): Promise<SecretKey | undefined> {
  if (spec === SECP256K1) {
    const scalar = readSecp256k1Scalar(der);
    return scalar && readScalar(spec, scalar);
  }
  try {
    const key = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
    return fits(key, spec) ? key : undefined;
  } catch {
    return undefined;
  }
}

function fits(key: KeyObject, spec: string): boolean {
  if (spec === 'ECC_NIST_EDWARDS25519') return key.asymmetricKeyType === 'ed25519';
  if (spec.startsWith('RSA_')) return key.asymmetricKeyType === 'rsa' && modulusBits(key) === Number(spec.slice(4));
  return key.asymmetricKeyType === 'ec' && key.export({ format: 'jwk' }).crv === jwkCurveOf(spec);
}

/** Whatever is unwrapped and is no material of the key. */
const wrongMaterial = (remedy: string) => new KmsError('IncorrectKeyMaterialException', '', remedy);
