import { ml_dsa44, ml_dsa65, ml_dsa87 } from '@noble/post-quantum/ml-dsa.js';
import { ml_kem512, ml_kem768, ml_kem1024 } from '@noble/post-quantum/ml-kem.js';
import type { Lattices } from './lattice.ts';

/** Lattices by the library, on every Node. */
export const libraryLattices: Lattices = {
  publicKey: (spec, seed) => (spec in signers ? signer(spec) : kem(spec)).keygen(seed).publicKey,
  sign(spec, seed, { message, isMu }, randomness) {
    const { keygen, sign, internal } = signer(spec);
    const { secretKey } = keygen(seed);
    const options = { extraEntropy: randomness };
    return isMu
      ? internal.sign(message, secretKey, { ...options, externalMu: true })
      : sign(message, secretKey, options);
  },
  verify(spec, publicKey, { message, isMu }, signature) {
    const { verify, internal } = signer(spec);
    return isMu
      ? internal.verify(signature, message, publicKey, { externalMu: true })
      : verify(signature, message, publicKey);
  },
  encapsulate(spec, publicKey, randomness) {
    const { sharedSecret, cipherText } = kem(spec).encapsulate(publicKey, randomness);
    return { sharedSecret, ciphertext: cipherText };
  },
  decapsulate(spec, seed, ciphertext) {
    const { keygen, decapsulate } = kem(spec);
    return decapsulate(ciphertext, keygen(seed).secretKey);
  },
};

const signers: Readonly<Record<string, typeof ml_dsa44>> = {
  ML_DSA_44: ml_dsa44,
  ML_DSA_65: ml_dsa65,
  ML_DSA_87: ml_dsa87,
};
const kems: Readonly<Record<string, typeof ml_kem512>> = {
  ML_KEM_512: ml_kem512,
  ML_KEM_768: ml_kem768,
  ML_KEM_1024: ml_kem1024,
};

const signer = (spec: string) => signers[spec] ?? unknown(spec);
const kem = (spec: string) => kems[spec] ?? unknown(spec);

function unknown(spec: string): never {
  throw new RangeError(`\`${spec}\` is no spec of ML-DSA or ML-KEM`);
}
