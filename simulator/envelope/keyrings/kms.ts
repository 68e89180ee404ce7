import type { Caller } from '../../access/caller.ts';
import type { EncryptionContext } from '../../kms/encryption-context.ts';
import type { Operations } from '../../kms/service.ts';
import { EnvelopeError } from '../errors.ts';
import type { EncryptedDataKey } from '../format/header.ts';
import { type Keyring, noDataKey } from '../keyring.ts';
import { DATA_KEY_BYTES } from '../suites.ts';

export const KMS_PROVIDER_ID = 'aws-kms';

/** What a keyring asks of KMS. */
export interface DataKeySource {
  call<Name extends 'GenerateDataKey' | 'Decrypt'>(
    operation: Name,
    input: Operations[Name]['input'],
    caller: Caller,
  ): Promise<Operations[Name]['output']>;
}

export interface KmsKeyringOptions {
  readonly service: DataKeySource;
  /** The ARN of the key; data keys of other keys are left alone. */
  readonly keyArn: string;
  /** Who calls KMS. */
  readonly caller: Caller;
}

/** GenerateDataKey and Decrypt under one KMS key. Their KmsErrors are passed on. */
export function kmsKeyring({ service, keyArn, caller }: KmsKeyringOptions): Keyring {
  return {
    async generate(encryptionContext) {
      const input = { KeyId: keyArn, NumberOfBytes: DATA_KEY_BYTES, EncryptionContext: encryptionContext };
      const answer = await service.call('GenerateDataKey', input, caller);
      const providerInfo = Buffer.from(answer.KeyId, 'utf8');
      return {
        plaintextDataKey: answer.Plaintext,
        encryptedDataKeys: [{ providerId: KMS_PROVIDER_ID, providerInfo, ciphertext: answer.CiphertextBlob }],
      };
    },
    async unwrap(encryptedDataKeys, encryptionContext) {
      const ours = encryptedDataKeys.filter((key) => isOf(key, keyArn));
      const failures: unknown[] = [];
      for (const key of ours) {
        try {
          return await decryptDataKey(key, encryptionContext);
        } catch (failure) {
          failures.push(failure);
        }
      }
      throw failures.length > 0 ? failures[0] : noDataKey(encryptedDataKeys, `KMS key \`${keyArn}\``);
    },
  };

  async function decryptDataKey(key: EncryptedDataKey, encryptionContext: EncryptionContext): Promise<Uint8Array> {
    const input = { CiphertextBlob: key.ciphertext, KeyId: keyArn, EncryptionContext: encryptionContext };
    const answer = await service.call('Decrypt', input, caller);
    if (answer.KeyId === keyArn && answer.Plaintext.length === DATA_KEY_BYTES) return answer.Plaintext;
    answer.Plaintext.fill(0);
    throw new EnvelopeError(
      'no-data-key',
      `KMS decrypted ${answer.Plaintext.length} bytes under \`${answer.KeyId}\` where a data key of ${DATA_KEY_BYTES} bytes under \`${keyArn}\` was expected`,
      'use the message as it was written',
    );
  }
}

function isOf(key: EncryptedDataKey, keyArn: string): boolean {
  return key.providerId === KMS_PROVIDER_ID && Buffer.from(keyArn, 'utf8').equals(key.providerInfo);
}
