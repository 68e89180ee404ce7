import { encryptUnder } from './cipher.ts';
import { pkcs8Of, spkiOf } from './crypto/encoding.ts';
import type { EncryptionContext } from './encryption-context.ts';
import type { RandomSource } from './environment.ts';
import type { KmsKey } from './key.ts';
import { newKeyPair } from './material.ts';
import * as members from './members.ts';
import { optional, required } from './shapes.ts';

/** What both operations for data key pairs take. */
export const dataKeyPairMembers = {
  EncryptionContext: optional(members.encryptionContext),
  ...members.onKey,
  KeyPairSpec: required(members.dataKeyPairSpec),
  ...members.cryptographic,
};

interface PairRequest {
  readonly key: KmsKey;
  readonly spec: string;
  readonly context: EncryptionContext | undefined;
  readonly random: RandomSource;
}

/** A new pair, its private key in PKCS #8 and encrypted, its public key in SPKI. */
export async function newDataKeyPair({ key, spec, context, random }: PairRequest) {
  const pair = await newKeyPair(spec, random)();
  const [privateKey, publicKey] = [pkcs8Of(pair), spkiOf(pair)];
  const { ciphertext, material } = await encryptUnder({ key, algorithm: undefined, context }, privateKey, random);
  return { privateKey, publicKey, ciphertext, material };
}
