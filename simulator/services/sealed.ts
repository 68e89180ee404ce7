import type { SealedKey } from './errand.ts';

/** What somebody who sees the storage of a service would find. */
export const sealedResponse = ({ ciphertext, keyArn, encryptionContext }: SealedKey): object => ({
  KeyId: keyArn,
  CiphertextBlob: ciphertext,
  EncryptionContext: encryptionContext,
});
