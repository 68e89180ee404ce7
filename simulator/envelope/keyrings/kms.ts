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
  return askingKeyring(keyArn, (operation, input) => service.call(operation, input, caller));
}

/** @param keyArn of the encrypted data key that is asked about; undefined while there is none */
export type AskKms = <Name extends 'GenerateDataKey' | 'Encrypt' | 'Decrypt'>(
  operation: Name,
  input: Operations[Name]['input'],
  keyArn: string | undefined,
) => Promise<Operations[Name]['output']>;

/**
 * The same for a KMS wherever it is.
 *
 * @param keyId an id, an ARN or an alias. Undefined: whichever key a message names; nothing is encrypted then.
 */
export function askingKeyring(keyId: string | undefined, ask: AskKms): Keyring {
  return {
    async generate(encryptionContext) {
      const input = { KeyId: named(keyId), NumberOfBytes: DATA_KEY_BYTES, EncryptionContext: encryptionContext };
      const answer = await ask('GenerateDataKey', input, undefined);
      if (answer.Plaintext.length !== DATA_KEY_BYTES) throw unexpected(answer, answer.KeyId, DATA_KEY_BYTES);
      return { plaintextDataKey: answer.Plaintext, encryptedDataKeys: [encryptedBy(answer)] };
    },
    async wrap(dataKey, encryptionContext) {
      const input = { KeyId: named(keyId), Plaintext: dataKey, EncryptionContext: encryptionContext };
      return [encryptedBy(await ask('Encrypt', input, undefined))];
    },
    async unwrap(encryptedDataKeys, encryptionContext, bytes = DATA_KEY_BYTES) {
      const ours = encryptedDataKeys.filter((key) => mayBeOf(key, keyId));
      const failures: unknown[] = [];
      for (const key of ours) {
        try {
          return await decryptDataKey(key, encryptionContext, bytes);
        } catch (failure) {
          failures.push(failure);
        }
      }
      // That a data key is of another key says less than what went wrong with one's own.
      const telling = failures.find((each) => !isOfAnother(each)) ?? failures[0];
      throw telling ?? noDataKey(encryptedDataKeys, keyId === undefined ? 'KMS' : `KMS key \`${keyId}\``);
    },
  };

  async function decryptDataKey(
    key: EncryptedDataKey,
    encryptionContext: EncryptionContext,
    bytes: number,
  ): Promise<Uint8Array> {
    const keyArn = Buffer.from(key.providerInfo).toString('utf8');
    const input = { CiphertextBlob: key.ciphertext, KeyId: keyId ?? keyArn, EncryptionContext: encryptionContext };
    const answer = await ask('Decrypt', input, keyArn);
    if (answer.KeyId === keyArn && answer.Plaintext.length === bytes) return answer.Plaintext;
    throw unexpected(answer, keyArn, bytes);
  }
}

function unexpected(
  answer: Pick<Operations['Decrypt']['output'], 'KeyId' | 'Plaintext'>,
  keyArn: string,
  bytes: number,
): EnvelopeError {
  const { length } = answer.Plaintext;
  answer.Plaintext.fill(0);
  return new EnvelopeError(
    'no-data-key',
    `KMS gave ${length} bytes under \`${answer.KeyId}\` where a data key of ${bytes} bytes under \`${keyArn}\` was expected`,
    'use the message as it was written',
  );
}

function named(keyId: string | undefined): string {
  if (keyId === undefined) throw new Error('no key is named to encrypt with');
  return keyId;
}

function encryptedBy({ KeyId, CiphertextBlob }: Operations['GenerateDataKey' | 'Encrypt']['output']): EncryptedDataKey {
  return { providerId: KMS_PROVIDER_ID, providerInfo: Buffer.from(KeyId, 'utf8'), ciphertext: CiphertextBlob };
}

/** Messages name keys by their ARNs; which key an alias points to, KMS alone knows. */
function mayBeOf(key: EncryptedDataKey, keyId: string | undefined): boolean {
  if (key.providerId !== KMS_PROVIDER_ID) return false;
  if (keyId === undefined || /^(arn:.*:)?alias\//.test(keyId)) return true;
  const keyArn = Buffer.from(key.providerInfo).toString('utf8');
  return keyId.startsWith('arn:') ? keyArn === keyId : keyArn.endsWith(`:key/${keyId}`);
}

const isOfAnother = (failure: unknown): boolean => failure instanceof Error && failure.name === 'IncorrectKeyException';
