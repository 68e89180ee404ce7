import type { Source } from '../rule.ts';

/** The page about the condition keys that attestation documents fill. */
export const attestationKeys: Source = {
  title: 'AWS KMS Developer Guide: Condition keys for attested platforms',
  url: 'https://docs.aws.amazon.com/kms/latest/developerguide/conditions-attestation.html',
};

/** What examples compare with: a hash of no enclave. */
export const SAMPLE_DIGEST =
  '7fb5c55bc2ecbb68ed99a13d7122abfc0666b926a79d5379bc58b9445c84217f59cfdd36c08b2c79552928702efe23e4';

/** Whether a text is a SHA-384 hash in hexadecimal digits of either case. */
export function isDigest(text: string): boolean {
  return /^[0-9a-f]{96}$/i.test(text);
}
