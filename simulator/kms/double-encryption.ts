import { createSecretKey, type KeyObject } from 'node:crypto';
import { gcmOpen, gcmSeal } from './crypto/aes-gcm.ts';
import { canonicalContext, type EncryptionContext } from './encryption-context.ts';
import type { RandomSource } from './environment.ts';
import type { KmsKey } from './key.ts';
import { SYMMETRIC_BYTES } from './material.ts';

/**
 * A key in an external key store encrypts twice: KMS with material of its own, then the key manager with the external key.
 * Source: KMS Developer Guide, "External key stores: double encryption"; checked 2026-11.
 */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** What KMS hands to the proxy. */
export function sealInner(
  secret: KeyObject,
  plaintext: Uint8Array,
  context: EncryptionContext | undefined,
  random: RandomSource,
): Uint8Array {
  const nonce = random.bytes(NONCE_BYTES);
  const { ciphertext, tag } = gcmSeal(secret, nonce, plaintext, canonicalContext(context));
  return Buffer.concat([nonce, ciphertext, tag]);
}

/** Undefined where the proxy gave back something else. */
export function openInner(
  secret: KeyObject,
  inner: Uint8Array,
  context: EncryptionContext | undefined,
): Uint8Array | undefined {
  if (inner.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const sealed = {
    ciphertext: inner.subarray(NONCE_BYTES, inner.length - TAG_BYTES),
    tag: inner.subarray(inner.length - TAG_BYTES),
  };
  return gcmOpen(secret, inner.subarray(0, NONCE_BYTES), sealed, canonicalContext(context));
}

/** The external key of a key, which its manager made some time; undefined for keys that KMS or a cluster keeps. */
export function externalKeyOf({ keyStore }: KmsKey, random: RandomSource): KeyObject | undefined {
  if (keyStore?.xksKeyId === undefined) return undefined;
  const { secrets } = keyStore.store.backend;
  const secret = secrets.get(keyStore.xksKeyId) ?? createSecretKey(random.bytes(SYMMETRIC_BYTES));
  secrets.set(keyStore.xksKeyId, secret);
  return secret;
}
