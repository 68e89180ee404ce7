/**
 * An algorithm suite of the AWS Encryption SDK: AES-GCM with vectors of 12 bytes and tags of 16.
 * Source: "Algorithms reference" of the AWS Encryption SDK Developer Guide.
 */
export interface AlgorithmSuite {
  readonly id: number;
  readonly name: string;
  /** Of the message format that the suite belongs to. Suites of version 2 commit to their key. */
  readonly version: 1 | 2;
  readonly cipher: 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm';
  /** Of the data key, and of the key that the content is encrypted with. */
  readonly keyBytes: 16 | 24 | 32;
  /** The hash of HKDF; undefined where the data key itself encrypts. */
  readonly kdf: 'sha256' | 'sha384' | 'sha512' | undefined;
  /** What the message is signed with at its end; undefined where it is not. */
  readonly signature: SignatureAlgorithm | undefined;
}

export interface SignatureAlgorithm {
  readonly curve: 'prime256v1' | 'secp384r1';
  readonly jwkCurve: 'P-256' | 'P-384';
  readonly hash: 'sha256' | 'sha384';
}

const P256: SignatureAlgorithm = { curve: 'prime256v1', jwkCurve: 'P-256', hash: 'sha256' };
const P384: SignatureAlgorithm = { curve: 'secp384r1', jwkCurve: 'P-384', hash: 'sha384' };

/** AES-256-GCM, HKDF-SHA512, key commitment, no signature. */
export const SUITE_COMMITTING = suite(0x0478, 256, 'sha512');
/** The same with an ECDSA signature over the whole message: what the AWS Encryption SDK writes where nobody chooses. */
export const SUITE_COMMITTING_SIGNED = suite(0x0578, 256, 'sha512', P384);

const suites: readonly AlgorithmSuite[] = [
  suite(0x0014, 128),
  suite(0x0046, 192),
  suite(0x0078, 256),
  suite(0x0114, 128, 'sha256'),
  suite(0x0146, 192, 'sha256'),
  suite(0x0178, 256, 'sha256'),
  suite(0x0214, 128, 'sha256', P256),
  suite(0x0346, 192, 'sha384', P384),
  suite(0x0378, 256, 'sha384', P384),
  SUITE_COMMITTING,
  SUITE_COMMITTING_SIGNED,
];

export const DATA_KEY_BYTES = 32;
export const COMMITMENT_BYTES = 32;
export const MESSAGE_ID_BYTES = 32;
export const IV_BYTES = 12;
export const TAG_BYTES = 16;

export function findSuite(id: number): AlgorithmSuite | undefined {
  return suites.find((each) => each.id === id);
}

/** `0x0478`. */
export function suiteNumber(id: number): string {
  return `0x${id.toString(16).padStart(4, '0')}`;
}

function suite(
  id: number,
  bits: 128 | 192 | 256,
  kdf?: AlgorithmSuite['kdf'],
  signature?: SignatureAlgorithm,
): AlgorithmSuite {
  const version = kdf === 'sha512' ? 2 : 1;
  const name = [
    `AES-${bits}-GCM`,
    kdf ? `HKDF-${kdf.toUpperCase()}` : 'no key derivation',
    ...(version === 2 ? ['key commitment'] : []),
    ...(signature ? [`ECDSA ${signature.jwkCurve} signature`] : []),
  ].join(', ');
  const keyBytes = bits === 128 ? 16 : bits === 192 ? 24 : 32;
  return { id, name, version, cipher: `aes-${bits}-gcm`, keyBytes, kdf, signature };
}
