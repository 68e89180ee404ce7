import type { RandomSource } from '../environment.ts';
import { nodeHasLattice } from './available.ts';
import { BareKey } from './bare-key.ts';
import { latticeSpecs } from './encoding.ts';
import { nodeLattices } from './lattice-node.ts';

/**
 * ML-DSA (FIPS 204) and ML-KEM (FIPS 203) with the randomness of the caller, so that a run can be repeated. Node
 * neither signs nor encapsulates with randomness that is handed in, and knows no external mu; that comes from the library on
 * every Node, the rest where Node lacks it. Keys and answers are the same either way.
 */
export interface Lattices {
  /** The public key that belongs to the seed. */
  publicKey(spec: string, seed: Uint8Array): Uint8Array;
  /** @param randomness 32 bytes, all zero for the deterministic variant */
  sign(spec: string, seed: Uint8Array, signed: LatticeMessage, randomness: Uint8Array): Uint8Array;
  verify(spec: string, publicKey: Uint8Array, signed: LatticeMessage, signature: Uint8Array): boolean;
  /** @param randomness 32 bytes */
  encapsulate(spec: string, publicKey: Uint8Array, randomness: Uint8Array): Encapsulated;
  /** Of a ciphertext of the right length; one that was not made for the key gives another secret. */
  decapsulate(spec: string, seed: Uint8Array, ciphertext: Uint8Array): Uint8Array;
}

export interface LatticeMessage {
  readonly message: Uint8Array;
  /** Whether the message is the 64 bytes that ML-DSA makes of key and message before it signs. */
  readonly isMu: boolean;
}

export interface Encapsulated {
  readonly sharedSecret: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** What Node does where it knows the spec. */
export type NodeLattices = Pick<Lattices, 'publicKey' | 'verify' | 'decapsulate'>;

const RANDOM_BYTES = 32;

export const newLatticeSeed = (spec: string, random: RandomSource): Uint8Array =>
  random.bytes(latticeSpecs[spec]?.seedBytes ?? 0);

export async function latticeKey(spec: string, seed: Uint8Array): Promise<BareKey> {
  return new BareKey(spec, seed, (await latticesFor(spec)).publicKey(spec, seed));
}

export async function latticeSign(key: BareKey, signed: LatticeMessage, random: RandomSource): Promise<Uint8Array> {
  const { sign } = await fromLibrary();
  return sign(key.spec, key.secretBytes(), signed, random.bytes(RANDOM_BYTES));
}

export async function latticeVerify(key: BareKey, signed: LatticeMessage, signature: Uint8Array): Promise<boolean> {
  const { verify } = signed.isMu ? await fromLibrary() : await latticesFor(key.spec);
  return verify(key.spec, key.publicBytes, signed, signature);
}

export async function encapsulate(key: BareKey, random: RandomSource): Promise<Encapsulated> {
  const { encapsulate } = await fromLibrary();
  return encapsulate(key.spec, key.publicBytes, random.bytes(RANDOM_BYTES));
}

export async function decapsulate(key: BareKey, ciphertext: Uint8Array): Promise<Uint8Array> {
  const { decapsulate } = await latticesFor(key.spec);
  return decapsulate(key.spec, key.secretBytes(), ciphertext);
}

async function latticesFor(spec: string): Promise<NodeLattices> {
  return nodeHasLattice(spec) ? nodeLattices : fromLibrary();
}

async function fromLibrary(): Promise<Lattices> {
  return (await import('./library.ts')).libraryLattices;
}
