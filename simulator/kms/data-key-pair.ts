import { createPublicKey } from 'node:crypto';
import { encryptUnder } from './cipher.ts';
import { assertAvailable } from './crypto/available.ts';
import type { EncryptionContext } from './encryption-context.ts';
import type { RandomSource } from './environment.ts';
import { unsupported } from './errors.ts';
import type { KmsKey } from './key.ts';
import { newKeyPair } from './material.ts';
import * as members from './members.ts';
import { optional, required } from './shapes.ts';
import type { Place } from './world.ts';

/** What both operations for data key pairs take. */
export const dataKeyPairMembers = {
  EncryptionContext: optional(members.encryptionContext),
  ...members.onKey,
  KeyPairSpec: required(members.dataKeyPairSpec),
  ...members.cryptographic,
};

export function checkKeyPairSpec(spec: string, { region }: Place): void {
  if (spec === 'SM2' && !region.startsWith('cn-'))
    throw unsupported(`KeySpec ${spec} is not supported in this Region`, 'choose another spec');
  assertAvailable(spec);
}

interface PairRequest {
  readonly key: KmsKey;
  readonly spec: string;
  readonly context: EncryptionContext | undefined;
  readonly random: RandomSource;
}

/** A new pair, its private key in PKCS #8 and encrypted, its public key in SPKI. */
export async function newDataKeyPair({ key, spec, context, random }: PairRequest) {
  const pair = await newKeyPair(spec, random)();
  const privateKey: Uint8Array = pair.export({ format: 'der', type: 'pkcs8' });
  const publicKey: Uint8Array = createPublicKey(pair).export({ format: 'der', type: 'spki' });
  const { ciphertext, material } = await encryptUnder({ key, algorithm: undefined, context }, privateKey, random);
  return { privateKey, publicKey, ciphertext, material };
}
