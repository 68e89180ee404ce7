import type { EncryptionContext } from '../kms/encryption-context.ts';
import { EnvelopeError } from './errors.ts';
import type { EncryptedDataKey } from './format/header.ts';

/** Makes data keys and gets them back: the only thing in envelope encryption that knows a long-lived key. */
export interface Keyring {
  /** A new data key, and that data key encrypted, in one or more ways. */
  generate(encryptionContext: EncryptionContext): Promise<GeneratedDataKey>;
  /** A data key that exists already, encrypted in one or more ways. */
  wrap(dataKey: Uint8Array, encryptionContext: EncryptionContext): Promise<readonly EncryptedDataKey[]>;
  /**
   * The data key of `bytes` bytes (32 where left out), from the first of its encrypted forms that can be decrypted. Rejects with the reason of the first
   * failure, or with an EnvelopeError `no-data-key` where none of them is for this keyring.
   */
  unwrap(
    encryptedDataKeys: readonly EncryptedDataKey[],
    encryptionContext: EncryptionContext,
    bytes?: number,
  ): Promise<Uint8Array>;
}

export interface GeneratedDataKey {
  /** 32 bytes, to be overwritten after use. */
  readonly plaintextDataKey: Uint8Array;
  readonly encryptedDataKeys: readonly EncryptedDataKey[];
}

/** `wanted` says whose data keys the keyring can decrypt. */
export function noDataKey(encryptedDataKeys: readonly EncryptedDataKey[], wanted: string): EnvelopeError {
  const providers = [...new Set(encryptedDataKeys.map((key) => `\`${key.providerId}\``))].join(', ');
  return new EnvelopeError(
    'no-data-key',
    `none of the message's encrypted data keys, from ${providers}, is from ${wanted}`,
    'decrypt with a key that the message was encrypted under; inspecting the message shows which ones those are',
  );
}
