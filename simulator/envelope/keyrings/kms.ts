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
  call<Name extends 'GenerateDataKey' | 'Encrypt' | 'Decrypt'>(
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

/** GenerateDataKey, Encrypt and Decrypt under one KMS key. Their KmsErrors are passed on. */
export function kmsKeyring({ service, keyArn, caller }: KmsKeyringOptions): Keyring {
  return {
    async generate(encryptionContext) {
      const input = { KeyId: keyArn, NumberOfBytes: DATA_KEY_BYTES, EncryptionContext: encryptionContext };
      const answer = await service.call('GenerateDataKey', input, caller);
      return { plaintextDataKey: answer.Plaintext, encryptedDataKeys: [encryptedBy(answer)] };
    },
    async wrap(dataKey, encryptionContext) {
      const input = { KeyId: keyArn, Plaintext: dataKey, EncryptionContext: encryptionContext };
      return [encryptedBy(await service.call('Encrypt', input, caller))];
    },
    async unwrap(encryptedDataKeys, encryptionContext, bytes = DATA_KEY_BYTES) {
      const ours = encryptedDataKeys.filter((key) => isOf(key, keyArn));
      const failures: unknown[] = [];
      for (const key of ours) {
        try {
          return await decryptDataKey(key, encryptionContext, bytes);
        } catch (failure) {
          failures.push(failure);
        }
      }
      throw failures.length > 0 ? failures[0] : noDataKey(encryptedDataKeys, `KMS key \`${keyArn}\``);
    },
  };

  async function decryptDataKey(
    key: EncryptedDataKey,
    encryptionContext: EncryptionContext,
    bytes: number,
  ): Promise<Uint8Array> {
    const input = { CiphertextBlob: key.ciphertext, KeyId: keyArn, EncryptionContext: encryptionContext };
    const answer = await service.call('Decrypt', input, caller);
    if (answer.KeyId === keyArn && answer.Plaintext.length === bytes) return answer.Plaintext;
    answer.Plaintext.fill(0);
    throw new EnvelopeError(
      'no-data-key',
      `KMS decrypted ${answer.Plaintext.length} bytes under \`${answer.KeyId}\` where a data key of ${bytes} bytes under \`${keyArn}\` was expected`,
      'use the message as it was written',
    );
  }
}

function encryptedBy({ KeyId, CiphertextBlob }: Operations['GenerateDataKey' | 'Encrypt']['output']): EncryptedDataKey {
  return { providerId: KMS_PROVIDER_ID, providerInfo: Buffer.from(KeyId, 'utf8'), ciphertext: CiphertextBlob };
}

function isOf(key: EncryptedDataKey, keyArn: string): boolean {
  return key.providerId === KMS_PROVIDER_ID && Buffer.from(keyArn, 'utf8').equals(key.providerInfo);
}
