import { createPrivateKey, type KeyObject } from 'node:crypto';
import type { RandomSource } from '../environment.ts';

/** The seed of an Ed25519 key in PKCS #8 follows 16 fixed bytes. */
const ED25519_PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

export function newEd25519Key(random: RandomSource): KeyObject {
  const key = Buffer.concat([ED25519_PKCS8, random.bytes(32)]);
  return createPrivateKey({ key, format: 'der', type: 'pkcs8' });
}
