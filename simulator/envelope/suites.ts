/**
 * An algorithm suite of the AWS Encryption SDK with key commitment: AES-256-GCM, keys derived with HKDF-SHA512.
 * Source: "Algorithms reference" of the AWS Encryption SDK Developer Guide.
 */
export interface AlgorithmSuite {
  readonly id: number;
  readonly name: string;
  /** The message ends with an ECDSA P-384 signature. */
  readonly signed: boolean;
}

/** AES-256-GCM, HKDF-SHA512, key commitment, no signature. */
export const SUITE_COMMITTING: AlgorithmSuite = {
  id: 0x0478,
  name: 'AES-256-GCM, HKDF-SHA512, key commitment',
  signed: false,
};

/** The same with an ECDSA signature over the whole message. */
const SUITE_COMMITTING_SIGNED: AlgorithmSuite = {
  id: 0x0578,
  name: 'AES-256-GCM, HKDF-SHA512, key commitment, ECDSA P-384 signature',
  signed: true,
};

export const CIPHER = 'aes-256-gcm';
export const DATA_KEY_BYTES = 32;
export const COMMITMENT_BYTES = 32;
export const MESSAGE_ID_BYTES = 32;
export const IV_BYTES = 12;
export const TAG_BYTES = 16;

export function findSuite(id: number): AlgorithmSuite | undefined {
  return [SUITE_COMMITTING, SUITE_COMMITTING_SIGNED].find((suite) => suite.id === id);
}

/** `0x0478`. */
export function suiteNumber(id: number): string {
  return `0x${id.toString(16).padStart(4, '0')}`;
}
