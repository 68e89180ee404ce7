import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { KeyState, Origin } from '../facts/types.ts';
import type { RandomSource } from './environment.ts';

/** A key of spec SYMMETRIC_DEFAULT, which is AES-256-GCM outside China. */
export interface SymmetricKey {
  readonly arn: string;
  readonly origin: Origin;
  readonly state: KeyState;
  /** What new ciphertexts are made with. */
  readonly current: KeyMaterial;
  /** What older ciphertexts were made with; a rotation keeps it for decryption until the key is deleted. */
  readonly previous: readonly KeyMaterial[];
}

export interface KeyMaterial {
  /** 64 hexadecimal digits, the same whenever the same material is given to the same key. */
  readonly id: string;
  /** Held as a key object so that it is neither printed nor written to JSON by accident. */
  readonly secret: KeyObject;
}

const KEY_MATERIAL_BYTES = 32;

/** Far longer than any real key ARN; keeps every ciphertext blob under the 6144 bytes that Decrypt takes. */
export const MAXIMUM_ARN_BYTES = 1024;

/** A new enabled key whose material KMS made. Throws a RangeError where the ARN is empty or longer than {@link MAXIMUM_ARN_BYTES}. */
export function createSymmetricKey(arn: string, random: RandomSource): SymmetricKey {
  const length = Buffer.byteLength(arn);
  if (length === 0 || length > MAXIMUM_ARN_BYTES) {
    throw new RangeError(`a key ARN has 1 to ${MAXIMUM_ARN_BYTES} bytes, not ${length}`);
  }
  const current = createKeyMaterial(arn, random.bytes(KEY_MATERIAL_BYTES));
  return { arn, origin: 'AWS_KMS', state: 'Enabled', current, previous: [] };
}

/** Takes over the 32 bytes, which it overwrites with zeros. Throws a RangeError for another length. */
export function createKeyMaterial(arn: string, bytes: Uint8Array): KeyMaterial {
  if (bytes.length !== KEY_MATERIAL_BYTES) {
    throw new RangeError(`symmetric key material has ${KEY_MATERIAL_BYTES} bytes, not ${bytes.length}`);
  }
  // Replicas of a multi-Region key share the key id and the material, hence also the id of the material.
  const id = createHmac('sha256', bytes)
    .update(`kms-lens key material\0${keyIdOf(arn)}`)
    .digest('hex');
  const material = { id, secret: createSecretKey(bytes) };
  bytes.fill(0);
  return material;
}

/** The material with this id, current or previous. */
export function findKeyMaterial(key: SymmetricKey, id: string): KeyMaterial | undefined {
  return key.current.id === id ? key.current : key.previous.find((material) => material.id === id);
}

/** `1234abcd-…` of `arn:aws:kms:us-east-1:111122223333:key/1234abcd-…`; a text that is no key ARN is its own id. */
export function keyIdOf(arn: string): string {
  const marker = ':key/';
  const at = arn.indexOf(marker);
  return at < 0 ? arn : arn.slice(at + marker.length);
}
