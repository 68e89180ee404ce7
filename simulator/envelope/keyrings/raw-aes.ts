import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { EncryptionContext } from '../../kms/encryption-context.ts';
import type { RandomSource } from '../../kms/environment.ts';
import { EnvelopeError } from '../errors.ts';
import { serializeContext } from '../format/context-section.ts';
import type { EncryptedDataKey } from '../format/header.ts';
import { type Keyring, noDataKey } from '../keyring.ts';
import { DATA_KEY_BYTES, IV_BYTES, TAG_BYTES } from '../suites.ts';
import { KMS_PROVIDER_ID } from './kms.ts';

export interface RawAesKeyringOptions {
  /** The key provider id: names who manages the wrapping key. Anything but `aws-kms`. */
  readonly namespace: string;
  /** Names the wrapping key within its namespace. */
  readonly name: string;
  /** 16, 24 or 32 bytes; they are copied. */
  readonly wrappingKey: Uint8Array;
  readonly random: RandomSource;
}

/**
 * Wraps data keys with AES-GCM under a key of one's own, as the raw AES keyring of the AWS Encryption SDK does: the
 * provider information is the key's name, the tag's length in bits, the IV's length in bytes, and the IV. Throws a
 * RangeError for a wrapping key of another length or the namespace `aws-kms`.
 */
export function rawAesKeyring(options: RawAesKeyringOptions): Keyring {
  const cipherName = cipherFor(options.wrappingKey.length);
  if (options.namespace === KMS_PROVIDER_ID)
    throw new RangeError(`the namespace \`${KMS_PROVIDER_ID}\` belongs to KMS`);
  const wrappingKey = createSecretKey(options.wrappingKey);
  const prefix = providerInfoPrefix(options.name);
  return {
    async generate(encryptionContext) {
      const plaintextDataKey = options.random.bytes(DATA_KEY_BYTES);
      return { plaintextDataKey, encryptedDataKeys: [encrypted(plaintextDataKey, encryptionContext)] };
    },
    async wrap(dataKey, encryptionContext) {
      return [encrypted(dataKey, encryptionContext)];
    },
    async unwrap(encryptedDataKeys, encryptionContext, bytes = DATA_KEY_BYTES) {
      const wanted = `raw AES key \`${options.name}\` of \`${options.namespace}\``;
      const ours = encryptedDataKeys.filter((key) => isOf(key, options.namespace, prefix, bytes));
      for (const key of ours) {
        const dataKey = unwrapOne(cipherName, wrappingKey, key, encryptionContext);
        if (dataKey) return dataKey;
      }
      throw ours.length > 0 ? notUnwrapped(wanted) : noDataKey(encryptedDataKeys, wanted);
    },
  };

  function encrypted(dataKey: Uint8Array, encryptionContext: EncryptionContext): EncryptedDataKey {
    const iv = options.random.bytes(IV_BYTES);
    const ciphertext = wrap(cipherName, wrappingKey, iv, dataKey, encryptionContext);
    return { providerId: options.namespace, providerInfo: Buffer.concat([prefix, iv]), ciphertext };
  }
}

type CipherName = 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm';

function cipherFor(keyBytes: number): CipherName {
  if (keyBytes === 16) return 'aes-128-gcm';
  if (keyBytes === 24) return 'aes-192-gcm';
  if (keyBytes === 32) return 'aes-256-gcm';
  throw new RangeError(`a raw AES key has 16, 24 or 32 bytes, not ${keyBytes}`);
}

function providerInfoPrefix(name: string): Buffer {
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(TAG_BYTES * 8, 0);
  lengths.writeUInt32BE(IV_BYTES, 4);
  return Buffer.concat([Buffer.from(name, 'utf8'), lengths]);
}

function isOf(key: EncryptedDataKey, namespace: string, prefix: Buffer, bytes: number): boolean {
  const { providerId, providerInfo, ciphertext } = key;
  return (
    providerId === namespace &&
    providerInfo.length === prefix.length + IV_BYTES &&
    prefix.equals(providerInfo.subarray(0, prefix.length)) &&
    ciphertext.length === bytes + TAG_BYTES
  );
}

function wrap(
  cipherName: CipherName,
  wrappingKey: KeyObject,
  iv: Uint8Array,
  dataKey: Uint8Array,
  context: EncryptionContext,
): Uint8Array {
  const cipher = createCipheriv(cipherName, wrappingKey, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(serializeContext(context));
  return Buffer.concat([cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]);
}

function unwrapOne(
  cipherName: CipherName,
  wrappingKey: KeyObject,
  { providerInfo, ciphertext }: EncryptedDataKey,
  context: EncryptionContext,
): Uint8Array | undefined {
  const iv = providerInfo.subarray(providerInfo.length - IV_BYTES);
  const decipher = createDecipheriv(cipherName, wrappingKey, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(serializeContext(context));
  const tagStart = ciphertext.length - TAG_BYTES;
  decipher.setAuthTag(ciphertext.subarray(tagStart));
  const dataKey = decipher.update(ciphertext.subarray(0, tagStart));
  try {
    decipher.final();
    return dataKey;
  } catch {
    dataKey.fill(0);
    return undefined;
  }
}

function notUnwrapped(wanted: string): EnvelopeError {
  return new EnvelopeError(
    'no-data-key',
    `${wanted} does not decrypt the message's data key: the key is another one, or the encryption context or the encrypted data key was changed`,
    'give the key that the message was encrypted under, and the message unchanged',
  );
}
