/**
 * Key specs with the usages, algorithms and input sizes that each allows.
 *
 * Sources: npm package `@aws-sdk/client-kms` 3.1164.0 (CreateKey, Encrypt, Sign, GenerateMac, Encapsulate); KMS
 * Developer Guide, "Key spec reference". Checked 2026-11.
 */
import { eccSpecs, mlSpecs, sm2Spec } from './key-specs/elliptic-and-lattice.ts';
import { hmacSpecs, rsaSpecs, symmetricSpec } from './key-specs/symmetric-and-rsa.ts';
import type { KeyType, KeyUsage } from './types.ts';

/** The groups that share request quotas and import rules. */
export type KeyFamily = 'symmetric' | 'rsa' | 'ecc' | 'hmac' | 'ml-dsa' | 'ml-kem' | 'sm2';

export interface KeySpecFact {
  /** The value of CreateKey's KeySpec. */
  readonly name: string;
  readonly type: KeyType;
  readonly family: KeyFamily;
  /** One sentence of ours. */
  readonly summary: string;
  /** The usages to choose from; a key has exactly one, for good. */
  readonly uses: readonly KeySpecUse[];
  /** Whether GenerateDataKeyPair takes it as its KeyPairSpec. */
  readonly dataKeyPair: boolean;
  /** Whether keys of this spec can have imported material; left out where AWS does not say. */
  readonly importable?: boolean;
  readonly regions?: 'china-only' | 'not-china';
  readonly since?: string;
}

export interface KeySpecUse {
  readonly usage: KeyUsage;
  readonly algorithms: readonly AlgorithmFact[];
}

export interface AlgorithmFact {
  readonly name: string;
  /** The longest input in bytes: plaintext of Encrypt, message of Sign or GenerateMac. */
  readonly maxInput?: number;
  /** Signing: what Message can be. */
  readonly messageTypes?: readonly MessageType[];
  /** Signing: the length in bytes of Message where it is a digest or an external mu. */
  readonly digestBytes?: number;
  /** ML-KEM: the length in bytes of the encapsulated secret. */
  readonly ciphertextBytes?: number;
}

export type MessageType = 'RAW' | 'DIGEST' | 'EXTERNAL_MU';

export const keySpecs: readonly KeySpecFact[] = [
  symmetricSpec,
  ...rsaSpecs,
  ...eccSpecs,
  ...hmacSpecs,
  ...mlSpecs,
  sm2Spec,
];

export const keySpecNames: readonly string[] = keySpecs.map((spec) => spec.name);

/** KeyUsage values with one sentence of ours each. */
export const keyUsages: readonly { readonly name: KeyUsage; readonly summary: string }[] = [
  { name: 'ENCRYPT_DECRYPT', summary: 'Encrypts and decrypts, and for symmetric keys makes data keys.' },
  { name: 'SIGN_VERIFY', summary: 'Signs and verifies signatures.' },
  { name: 'GENERATE_VERIFY_MAC', summary: 'Computes and verifies HMACs.' },
  { name: 'KEY_AGREEMENT', summary: 'Derives shared secrets with ECDH.' },
  { name: 'ENCAPSULATE_DECAPSULATE', summary: 'Encapsulates and decapsulates shared secrets with ML-KEM.' },
];

export const encryptionAlgorithms = algorithmNames('ENCRYPT_DECRYPT');
export const signingAlgorithms = algorithmNames('SIGN_VERIFY');
export const macAlgorithms = algorithmNames('GENERATE_VERIFY_MAC');
export const keyAgreementAlgorithms = algorithmNames('KEY_AGREEMENT');
export const encapsulationAlgorithms = algorithmNames('ENCAPSULATE_DECAPSULATE');
export const messageTypes: readonly MessageType[] = ['RAW', 'DIGEST', 'EXTERNAL_MU'];
export const dataKeyPairSpecs: readonly string[] = keySpecs.filter((spec) => spec.dataKeyPair).map((spec) => spec.name);

/** KeySpec values of GenerateDataKey; they are no key specs. */
export const dataKeySpecs: readonly { readonly name: string; readonly bytes: number }[] = [
  { name: 'AES_256', bytes: 32 },
  { name: 'AES_128', bytes: 16 },
];

const byName = new Map(keySpecs.map((spec) => [spec.name, spec]));

/** The key spec with exactly this name; key specs are case-sensitive. */
export function findKeySpec(name: string): KeySpecFact | undefined {
  return byName.get(name);
}

function algorithmNames(usage: KeyUsage): readonly string[] {
  const uses = keySpecs.flatMap((spec) => spec.uses).filter((use) => use.usage === usage);
  return [...new Set(uses.flatMap((use) => use.algorithms).map((algorithm) => algorithm.name))];
}
