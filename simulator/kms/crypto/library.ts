/** Cryptography that not every Node has: a bundle of its own, which is loaded when it is first needed. */
import { Point } from '@noble/secp256k1';

export { libraryLattices } from './lattice-library.ts';

/** A multiple of the base point of secp256k1, as a point that is not compressed. */
export const timesBaseOfSecp256k1 = (scalar: bigint): Uint8Array => Point.BASE.multiply(scalar).toBytes(false);
