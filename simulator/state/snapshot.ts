import { timingSafeEqual } from 'node:crypto';
import { damaged, newer, StateError } from './errors.ts';
import {
  derivedKey,
  KEY_ID_BYTES,
  keyIdOf,
  NONCE_BYTES,
  newNonce,
  newSalt,
  SALT_BYTES,
  seal,
  TAG_BYTES,
  unseal,
  VERSION,
} from './seal.ts';

/**
 * All records at one moment, sealed as one. The header, which is authenticated, has: magic (8), version (4), length of the
 * ciphertext (8), generation (8), id of the wrapping key (16), salt (32), nonce (12). The ciphertext and its tag follow.
 */
const MAGIC = Buffer.from('KMSLENSS');
const HEADER = MAGIC.length + 4 + 8 + 8 + KEY_ID_BYTES + SALT_BYTES + NONCE_BYTES;

/** What the journal that goes on from a snapshot is bound to. */
export interface Generation {
  /** Counts snapshots from 1. */
  readonly number: bigint;
  readonly salt: Uint8Array;
  /** Where the chain of records starts. */
  readonly tag: Uint8Array;
}

export interface Contents {
  /** The time of the world, in milliseconds since 1970. */
  readonly at: number;
  readonly records: Iterable<readonly [id: string, text: string]>;
}

export function sealSnapshot(
  wrappingKey: Uint8Array,
  number: bigint,
  { at, records }: Contents,
): { readonly bytes: Uint8Array; readonly generation: Generation } {
  const salt = newSalt();
  const nonce = newNonce();
  const plaintext = Buffer.from(JSON.stringify({ at, records: [...records] }));
  const header = Buffer.alloc(HEADER);
  MAGIC.copy(header);
  header.writeUInt32BE(VERSION, 8);
  header.writeBigUInt64BE(BigInt(plaintext.length), 12);
  header.writeBigUInt64BE(number, 20);
  header.set(keyIdOf(wrappingKey), 28);
  header.set(salt, 44);
  header.set(nonce, 76);
  const { ciphertext, tag } = seal(derivedKey(wrappingKey, salt, 'snapshot'), plaintext, header, nonce);
  plaintext.fill(0);
  return { bytes: Buffer.concat([header, ciphertext, tag]), generation: { number, salt, tag } };
}

export interface OpenedSnapshot {
  readonly generation: Generation;
  readonly at: number;
  readonly records: Map<string, string>;
}

/** @throws {StateError} */
export function openSnapshot(wrappingKey: Uint8Array, file: string, given: Uint8Array): OpenedSnapshot {
  const bytes = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC.subarray(0, bytes.length)))
    throw damaged(file, 'is no snapshot of KMS Lens: its first 8 bytes are others');
  if (bytes.length < HEADER)
    throw damaged(file, `is cut short: its header has ${HEADER} bytes, and ${bytes.length} are there`);
  const version = bytes.readUInt32BE(8);
  if (version !== VERSION) throw newer(file, version);
  const header = bytes.subarray(0, HEADER);
  const length = bytes.readBigUInt64BE(12);
  const expected = BigInt(HEADER) + length + BigInt(TAG_BYTES);
  if (!timingSafeEqual(header.subarray(28, 44), keyIdOf(wrappingKey))) throw wrongKey(file);
  if (BigInt(bytes.length) !== expected)
    throw damaged(file, `was cut or lengthened: it has ${bytes.length} bytes, and ${expected} were written`);
  const salt = Buffer.from(header.subarray(44, 76));
  const tag = Buffer.from(bytes.subarray(bytes.length - TAG_BYTES));
  const sealed = { nonce: header.subarray(76), ciphertext: bytes.subarray(HEADER, bytes.length - TAG_BYTES), tag };
  const plaintext = unseal(derivedKey(wrappingKey, salt, 'snapshot'), sealed, header);
  if (!plaintext) throw damaged(file, 'was altered: it is not what was sealed');
  const { at, records } = JSON.parse(plaintext.toString()) as { at: number; records: [string, string][] };
  return { generation: { number: header.readBigUInt64BE(20), salt, tag }, at, records: new Map(records) };
}

const wrongKey = (file: string): StateError =>
  new StateError(
    `\`${file}\` was sealed under another key`,
    'give the key that the folder was made with, as `--state-key FILE` or in KMS_LENS_STATE_KEY; nothing was changed',
  );
