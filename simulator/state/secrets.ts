import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto';
import { isAvailable, unavailable } from '../kms/crypto/available.ts';
import { BareKey, type SecretKey } from '../kms/crypto/bare-key.ts';
import { NotSimulatedError } from '../kms/errors.ts';
import type { KmsKey } from '../kms/key.ts';
import type { Secret } from '../kms/material.ts';

/** A secret as a record has it: bytes in base64. */
export type WrittenSecret =
  | { readonly kind: 'symmetric'; readonly bytes: string }
  | { readonly kind: 'private'; readonly pkcs8: string }
  | { readonly kind: 'bare'; readonly spec: string; readonly bytes: string; readonly publicBytes: string }
  /** Of a spec that this build has no cryptography for. */
  | { readonly kind: 'none' };

const written = new WeakMap<Secret, WrittenSecret>();

/** Makes what was to be made when it is first used; undefined where nothing is left to be made. */
export function makeSecrets(keys: Iterable<KmsKey>): Promise<unknown> | undefined {
  const missing = [...keys].flatMap(({ materials }) =>
    materials.all.flatMap(({ secret }) => (secret && !written.has(secret) ? [secret] : [])),
  );
  return missing.length === 0 ? undefined : Promise.all([...new Set(missing)].map(make));
}

async function make(secret: Secret): Promise<void> {
  try {
    written.set(secret, writeKey(await secret()));
  } catch (error) {
    if (!(error instanceof NotSimulatedError)) throw error;
    written.set(secret, { kind: 'none' });
  }
}

/** Of a secret that was made. */
export function writtenSecret(secret: Secret): WrittenSecret {
  const found = written.get(secret);
  if (!found) throw new Error('the secret was not made yet');
  return found;
}

export function readSecret(record: WrittenSecret, spec: string): Secret {
  const secret = secretFrom(record, spec);
  written.set(secret, record);
  return secret;
}

function secretFrom(record: WrittenSecret, spec: string): Secret {
  switch (record.kind) {
    case 'symmetric': {
      const key = createSecretKey(record.bytes, 'base64');
      return async () => key;
    }
    case 'private': {
      let key: KeyObject | undefined;
      return async () => (key ??= readPrivateKey(record.pkcs8));
    }
    case 'bare': {
      const key = new BareKey(record.spec, bytesOf(record.bytes), bytesOf(record.publicBytes));
      return async () => key;
    }
    case 'none':
      return async () => unavailable(isAvailable(spec) ? 'this' : spec);
  }
}

function writeKey(key: SecretKey): WrittenSecret {
  if (key instanceof BareKey)
    return { kind: 'bare', spec: key.spec, bytes: textOf(key.secretBytes()), publicBytes: textOf(key.publicBytes) };
  if (key.type === 'secret') return { kind: 'symmetric', bytes: textOf(key.export()) };
  return { kind: 'private', pkcs8: writePrivateKey(key) };
}

export const writePrivateKey = (key: KeyObject): string => textOf(key.export({ format: 'der', type: 'pkcs8' }));

export const readPrivateKey = (text: string): KeyObject =>
  createPrivateKey({ key: bytesOf(text), format: 'der', type: 'pkcs8' });

const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const bytesOf = (text: string): Buffer => Buffer.from(text, 'base64');
