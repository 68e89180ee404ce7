import type { KeyObject } from 'node:crypto';
import { remembered } from '../text/remembered.ts';
import { gcmOpen, gcmSeal } from './crypto/aes-gcm.ts';
import { canonicalContext, type EncryptionContext } from './encryption-context.ts';
import type { RandomSource } from './environment.ts';

/**
 * What Encrypt and GenerateDataKey return. AWS does not publish its format, so this is the simulator's own:
 *
 * | bytes | |
 * |---|---|
 * | 8 | `kms-lens` in ASCII |
 * | 1 | format version, 1 |
 * | 2 + n | length and text of the key's ARN in UTF-8 |
 * | 32 | id of the key material |
 * | 12 | nonce |
 * | 2 + n | length and content of the ciphertext, AES-256-GCM |
 * | 16 | authentication tag |
 *
 * Numbers are big-endian. Everything before the ciphertext's content, and the encryption context after it, is
 * authenticated with the ciphertext.
 */
export interface CiphertextBlob {
  readonly keyArn: string;
  /** 64 hexadecimal digits. */
  readonly keyMaterialId: string;
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
  /** All bytes before the ciphertext's content. */
  readonly head: Uint8Array;
}

export type BlobAnswer = { readonly blob: CiphertextBlob } | { readonly problem: string };

const MARK = Buffer.from('kms-lens', 'latin1');
const VERSION = 1;
const MATERIAL_ID_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Far longer than any real key ARN; keeps every ciphertext blob under the 6144 bytes that Decrypt takes. */
export const MAXIMUM_ARN_BYTES = 1024;

/** What a ciphertext is made with. */
export interface Sealing {
  readonly keyArn: string;
  readonly keyMaterialId: string;
  /** 32 bytes. */
  readonly secret: KeyObject;
}

export function sealBlob(
  { keyArn, keyMaterialId, secret }: Sealing,
  plaintext: Uint8Array,
  context: EncryptionContext | undefined,
  random: RandomSource,
): Uint8Array {
  const nonce = random.bytes(NONCE_BYTES);
  const head = serializeHead(keyArn, keyMaterialId, nonce, plaintext.length);
  const { ciphertext, tag } = gcmSeal(secret, nonce, plaintext, Buffer.concat([head, canonicalContext(context)]));
  return Buffer.concat([head, ciphertext, tag]);
}

/** Undefined where the blob, the context or the material is not the one that it was sealed with. */
export function openBlob(
  secret: KeyObject,
  blob: CiphertextBlob,
  context: EncryptionContext | undefined,
): Uint8Array | undefined {
  return gcmOpen(secret, blob.nonce, blob, Buffer.concat([blob.head, canonicalContext(context)]));
}

/** Never throws: bytes that are no blob have a problem. */
export function parseBlob(bytes: Uint8Array): BlobAnswer {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (data.length < MARK.length || data.compare(MARK, 0, MARK.length, 0, MARK.length) !== 0)
    return { problem: 'it does not start with the mark of a simulated ciphertext' };
  let at = MARK.length;
  const has = (length: number): boolean => at + length <= data.length;
  if (!has(1)) return truncated('version', data);
  const version = data[at++];
  if (version !== VERSION) return { problem: `its format version is \`${version}\`, not \`${VERSION}\`` };
  if (!has(2)) return truncated('length of the key ARN', data);
  const arnLength = data.readUInt16BE(at);
  at += 2;
  if (arnLength === 0 || arnLength > MAXIMUM_ARN_BYTES) return { problem: `its key ARN has ${arnLength} bytes` };
  if (!has(arnLength)) return truncated('key ARN', data);
  const keyArn = data.toString('utf8', at, at + arnLength);
  at += arnLength;
  if (!has(MATERIAL_ID_BYTES)) return truncated('key material id', data);
  const keyMaterialId = data.toString('hex', at, at + MATERIAL_ID_BYTES);
  at += MATERIAL_ID_BYTES;
  if (!has(NONCE_BYTES)) return truncated('nonce', data);
  const nonce = data.subarray(at, at + NONCE_BYTES);
  at += NONCE_BYTES;
  if (!has(2)) return truncated('length of the ciphertext', data);
  const ciphertextLength = data.readUInt16BE(at);
  at += 2;
  if (!has(ciphertextLength)) return truncated('ciphertext', data);
  const head = data.subarray(0, at);
  const ciphertext = data.subarray(at, at + ciphertextLength);
  at += ciphertextLength;
  if (!has(TAG_BYTES)) return truncated('authentication tag', data);
  const tag = data.subarray(at, at + TAG_BYTES);
  at += TAG_BYTES;
  if (at < data.length) return { problem: `${data.length - at} bytes follow its end` };
  return { blob: { keyArn, keyMaterialId, nonce, ciphertext, tag, head } };
}

function truncated(field: string, data: Uint8Array): BlobAnswer {
  return { problem: `it ends after ${data.length} bytes, in the ${field}` };
}

function serializeHead(arn: string, materialId: string, nonce: Uint8Array, ciphertextLength: number): Uint8Array {
  const start = startOf(`${materialId}${arn}`);
  const head = Buffer.allocUnsafe(start.length + NONCE_BYTES + 2);
  head.set(start);
  head.set(nonce, start.length);
  head.writeUInt16BE(ciphertextLength, start.length + NONCE_BYTES);
  return head;
}

/** What all ciphertexts under one key material start with. @param idAndArn the id of the material, and the ARN after it */
const startOf = remembered((idAndArn): Uint8Array => {
  const id = Buffer.from(idAndArn.slice(0, 2 * MATERIAL_ID_BYTES), 'hex');
  const arn = Buffer.from(idAndArn.slice(2 * MATERIAL_ID_BYTES), 'utf8');
  const arnLength = Buffer.alloc(2);
  arnLength.writeUInt16BE(arn.length);
  return Buffer.concat([MARK, Uint8Array.of(VERSION), arnLength, arn, id]);
});
