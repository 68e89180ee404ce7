import * as crypto from 'node:crypto';
import { latticePkcs8, spki } from './encoding.ts';
import type { NodeLattices } from './lattice.ts';

/** What stands before the key in a SubjectPublicKeyInfo of any of them. */
const HEAD_BYTES = 22;

/** Lattices by Node's own cryptography, where it knows them. */
export const nodeLattices: NodeLattices = {
  publicKey(spec, seed) {
    return crypto.createPublicKey(privateKey(spec, seed)).export({ format: 'der', type: 'spki' }).subarray(HEAD_BYTES);
  },
  verify(spec, publicKey, { message, isMu }, signature) {
    if (isMu) throw new TypeError('Node verifies no external mu');
    const key = crypto.createPublicKey({ key: spki(spec, publicKey), format: 'der', type: 'spki' });
    return crypto.verify(null, message, key, signature);
  },
  decapsulate(spec, seed, ciphertext) {
    // Newer than the types of Node that everything is checked against.
    const decapsulate: (key: crypto.KeyObject, ciphertext: Uint8Array) => Uint8Array = Reflect.get(
      crypto,
      'decapsulate',
    );
    return Uint8Array.from(decapsulate(privateKey(spec, seed), ciphertext));
  },
};

function privateKey(spec: string, seed: Uint8Array): crypto.KeyObject {
  return crypto.createPrivateKey({ key: latticePkcs8(spec, seed), format: 'der', type: 'pkcs8' });
}
