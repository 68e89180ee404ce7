/**
 * Where key material comes from, and how imported material travels.
 *
 * Sources: KMS Developer Guide, "Key origin", "Importing key material", "Download the wrapping public key and import
 * token", "Rotate AWS KMS keys"; AWS KMS API Reference, GetParametersForImport, ImportKeyMaterial. Checked 2026-11.
 */
import type { KeyFamily } from './key-specs.ts';
import type { Origin } from './types.ts';

export interface OriginFact {
  readonly name: Origin;
  /** One sentence of ours. */
  readonly summary: string;
  readonly customKeyStore: boolean;
  readonly automaticRotation: boolean;
  /** RotateKeyOnDemand, for symmetric encryption keys. */
  readonly onDemandRotation: boolean;
  /** Whether multi-Region keys can have it. */
  readonly multiRegion: boolean;
  /** The only key specs that keys of this origin can have; left out where there is no such limit. */
  readonly onlyKeySpecs?: readonly string[];
  readonly since?: string;
}

export const origins: readonly OriginFact[] = [
  {
    name: 'AWS_KMS',
    summary: 'KMS makes the key material and keeps it in its HSMs; the default.',
    customKeyStore: false,
    automaticRotation: true,
    onDemandRotation: true,
    multiRegion: true,
  },
  {
    name: 'EXTERNAL',
    summary: 'The owner imports the key material, keeps a copy, may let it expire and can delete it at once.',
    customKeyStore: false,
    automaticRotation: false,
    onDemandRotation: true,
    multiRegion: true,
  },
  {
    name: 'AWS_CLOUDHSM',
    summary: "KMS makes the key material in the owner's AWS CloudHSM cluster and uses it there.",
    customKeyStore: true,
    automaticRotation: false,
    onDemandRotation: false,
    multiRegion: false,
    onlyKeySpecs: ['SYMMETRIC_DEFAULT'],
  },
  {
    name: 'EXTERNAL_KEY_STORE',
    summary: 'The key material stays in a key manager outside AWS that KMS reaches through a proxy of the owner.',
    customKeyStore: true,
    automaticRotation: false,
    onDemandRotation: false,
    multiRegion: false,
    onlyKeySpecs: ['SYMMETRIC_DEFAULT'],
    since: '2022-11-29',
  },
];

export const expirationModels: readonly { readonly name: string; readonly summary: string }[] = [
  { name: 'KEY_MATERIAL_EXPIRES', summary: 'The material expires at ValidTo, at most 365 days ahead; the default.' },
  {
    name: 'KEY_MATERIAL_DOES_NOT_EXPIRE',
    summary: 'The material stays until it is deleted; ValidTo must be left out.',
  },
];

export interface WrappingAlgorithmFact {
  readonly name: string;
  /** One sentence of ours. */
  readonly summary: string;
  /** The key families whose material it can wrap; empty where KMS no longer takes it. */
  readonly wraps: readonly KeyFamily[];
  readonly regions?: 'china-only' | 'not-china';
}

/** The values of GetParametersForImport's WrappingAlgorithm. */
export const wrappingAlgorithms: readonly WrappingAlgorithmFact[] = [
  {
    name: 'RSAES_OAEP_SHA_256',
    summary: 'RSA with OAEP padding and SHA-256; not for P-521 material with an RSA_2048 wrapping key.',
    wraps: ['symmetric', 'hmac', 'ecc', 'sm2'],
  },
  {
    name: 'RSAES_OAEP_SHA_1',
    summary: 'RSA with OAEP padding and SHA-1; not for P-521 material with an RSA_2048 wrapping key.',
    wraps: ['symmetric', 'hmac', 'ecc', 'sm2'],
  },
  {
    name: 'RSA_AES_KEY_WRAP_SHA_256',
    summary: 'An AES key of your own wraps the material, RSA with OAEP and SHA-256 wraps the AES key.',
    wraps: ['rsa', 'ecc'],
    regions: 'not-china',
  },
  {
    name: 'RSA_AES_KEY_WRAP_SHA_1',
    summary: 'An AES key of your own wraps the material, RSA with OAEP and SHA-1 wraps the AES key.',
    wraps: ['rsa', 'ecc'],
    regions: 'not-china',
  },
  {
    name: 'SM2PKE',
    summary: 'SM2 encryption, in China Regions only.',
    wraps: ['rsa', 'ecc', 'sm2'],
    regions: 'china-only',
  },
  {
    name: 'RSAES_PKCS1_V1_5',
    summary: 'RSA with the old PKCS #1 padding; KMS has refused it since 10 October 2023.',
    wraps: [],
  },
];

/** The values of GetParametersForImport's WrappingKeySpec; SM2 in China Regions only. */
export const wrappingKeySpecs: readonly string[] = ['RSA_2048', 'RSA_3072', 'RSA_4096', 'SM2'];
