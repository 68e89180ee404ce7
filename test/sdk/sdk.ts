import { Readable } from 'node:stream';
import type { EncryptionContext } from '../../simulator/kms/encryption-context.ts';
import { wrappingKey, wrappingKeyId } from '../simulator/envelope/fixtures/samples.ts';

const peer = await import(new URL('../../bench/envelope/sdk.mjs', import.meta.url).href);
export const { sdk, version } = peer.loadSdk();

/** The key that both sides wrap data keys with: the start of the samples' one. */
export interface Key {
  readonly bytes: number;
}

export function keyOf({ bytes }: Key) {
  return { ...wrappingKeyId, wrappingKey: wrappingKey().subarray(0, bytes) };
}

export interface SdkSettings {
  readonly key?: Key;
  readonly suiteId: number;
  readonly frameLength?: number;
  readonly encryptionContext?: EncryptionContext;
  readonly maxEncryptedDataKeys?: number;
}

const DEFAULT_KEY = { bytes: 32 };

/** A keyring of the SDK. */
export function sdkKeyring(key: Key = DEFAULT_KEY) {
  return peer.sdkKeyring(sdk, keyOf(key));
}

/** What the SDK writes. */
export async function sdkEncrypt(plaintext: Uint8Array, settings: SdkSettings, keyring?: unknown): Promise<Buffer> {
  const { key, suiteId, frameLength = 4096, encryptionContext = {} } = settings;
  const policy = suiteId < 0x0400 ? 'FORBID_ENCRYPT_ALLOW_DECRYPT' : 'REQUIRE_ENCRYPT_REQUIRE_DECRYPT';
  const client = sdk.buildClient(sdk.CommitmentPolicy[policy]);
  const options = { suiteId, frameLength, encryptionContext: { ...encryptionContext } };
  const { result } = await client.encrypt(keyring ?? sdkKeyring(key), Buffer.from(plaintext), options);
  return result;
}

/** What the SDK reads, in pieces as a stream gives them. */
export async function sdkDecrypt(message: Uint8Array, key?: Key, keyring?: unknown) {
  const client = sdk.buildClient(sdk.CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
  const source = Readable.from(pieces(Buffer.from(message)));
  const { plaintext, messageHeader } = await client.decrypt(keyring ?? sdkKeyring(key), source);
  const encryptionContext: EncryptionContext = { ...messageHeader.encryptionContext };
  return { plaintext: Buffer.from(plaintext), encryptionContext };
}

/** Three of them, since the SDK takes long for many. */
function pieces(bytes: Buffer): Buffer[] {
  const size = Math.max(1, Math.ceil(bytes.length / 3));
  return [0, 1, 2].map((index) => bytes.subarray(index * size, (index + 1) * size)).filter(({ length }) => length > 0);
}
