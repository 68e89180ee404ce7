import type { EncryptionContext } from '../../kms/encryption-context.ts';
import { EnvelopeError } from '../errors.ts';
import {
  type AlgorithmSuite,
  COMMITMENT_BYTES,
  findSuite,
  IV_BYTES,
  MESSAGE_ID_BYTES,
  suiteNumber,
  TAG_BYTES,
} from '../suites.ts';
import { ByteReader, type Field, malformed } from './byte-reader.ts';
import { readContext, serializeContext } from './context-section.ts';

/** The data key, encrypted under a key that the provider knows. */
export interface EncryptedDataKey {
  /** `aws-kms`, or the namespace of a raw key. */
  readonly providerId: string;
  /** What the provider finds its key by: for `aws-kms` the key's ARN. */
  readonly providerInfo: Uint8Array;
  readonly ciphertext: Uint8Array;
}

/** The header of a message of version 1 or 2, as its suite says. */
export interface MessageHeader {
  readonly suite: AlgorithmSuite;
  readonly messageId: Uint8Array;
  readonly encryptionContext: EncryptionContext;
  readonly encryptedDataKeys: readonly EncryptedDataKey[];
  /** Whether the body has frames. */
  readonly framed: boolean;
  /** The content of every frame but the last, in bytes; 0 where there are none. */
  readonly frameLength: number;
  /** Empty in version 1. */
  readonly commitment: Uint8Array;
}

export interface ReadHeader {
  readonly header: MessageHeader;
  /** The bytes that the tag authenticates. */
  readonly authenticated: Uint8Array;
  readonly iv: Uint8Array;
  readonly tag: Uint8Array;
  /** Where the body starts. */
  readonly length: number;
  /** Every field in its order; together they are the header, without gaps. */
  readonly fields: () => readonly Field[];
}

export const DEFAULT_FRAME_LENGTH = 4096;
const MAXIMUM_FRAME_LENGTH = 0xffffffff;

const VERSION = 2;
const CUSTOMER_DATA = 0x80;
const MESSAGE_ID_BYTES_OF_VERSION_1 = 16;
const FRAMED = 2;
const NOT_FRAMED = 1;
const MAXIMUM_COUNT = 0xffff;

/**
 * The header of a framed message of version 2, with room for its authentication tag at the end. Throws an EnvelopeError
 * `limit` for what the format cannot hold.
 */
export function serializeHeader(header: MessageHeader): Buffer {
  const { suite, messageId, encryptionContext, encryptedDataKeys, frameLength, commitment } = header;
  const context = serializeContext(encryptionContext);
  const count = encryptedDataKeys.length;
  if (count === 0 || count > MAXIMUM_COUNT)
    throw limit(`a message has 1 to ${MAXIMUM_COUNT} encrypted data keys, not ${count}`);
  if (!Number.isInteger(frameLength) || frameLength < 1 || frameLength > MAXIMUM_FRAME_LENGTH)
    throw limit(`the frame length is a whole number from 1 to ${MAXIMUM_FRAME_LENGTH}, not ${frameLength}`);
  const parts = encryptedDataKeys.flatMap((key) => [Buffer.from(key.providerId), key.providerInfo, key.ciphertext]);
  const fixed = FIXED_BYTES + messageId.length + commitment.length + TAG_BYTES;
  const bytes = Buffer.allocUnsafe(parts.reduce((sum, part) => sum + 2 + part.length, fixed + context.length));
  let at = bytes.writeUInt8(VERSION);
  at = bytes.writeUInt16BE(suite.id, at);
  at = put(bytes, messageId, at);
  at = putWithLength(bytes, context, at);
  at = bytes.writeUInt16BE(count, at);
  for (const part of parts) at = putWithLength(bytes, part, at);
  at = bytes.writeUInt8(FRAMED, at);
  at = bytes.writeUInt32BE(frameLength, at);
  put(bytes, commitment, at);
  return bytes;
}

/** Version, suite, length of the context, number of data keys, content type and frame length. */
const FIXED_BYTES = 1 + 2 + 2 + 2 + 1 + 4;

function put(target: Buffer, bytes: Uint8Array, at: number): number {
  target.set(bytes, at);
  return at + bytes.length;
}

function putWithLength(target: Buffer, bytes: Uint8Array, at: number): number {
  if (bytes.length > MAXIMUM_COUNT) throw limit(`a part of an encrypted data key has ${bytes.length} bytes`);
  return put(target, bytes, target.writeUInt16BE(bytes.length, at));
}

/**
 * Reads the header at the start of `bytes`, without checking its tag. Throws an EnvelopeError and nothing else:
 * `truncated` where the header is not complete, `malformed` or `unsupported` with field and byte, `limit` for more than
 * `maximumDataKeys`.
 */
export function readHeader(
  bytes: Uint8Array,
  reader: ByteReader = new ByteReader(bytes),
  maximumDataKeys = MAXIMUM_COUNT,
): ReadHeader {
  const version = readVersion(reader);
  if (version === 1) expect(reader, 'type', reader.uint8('type'), CUSTOMER_DATA);
  const suite = knownSuite(version, reader.offset, reader.uint16('algorithm suite'));
  const messageId = reader.take('message id', version === 1 ? MESSAGE_ID_BYTES_OF_VERSION_1 : MESSAGE_ID_BYTES);
  const encryptionContext = readContext(reader);
  const encryptedDataKeys = readDataKeys(reader, maximumDataKeys);
  const framed = isFramed(reader.offset, reader.uint8('content type'));
  if (version === 1) {
    expect(reader, 'reserved', reader.uint32('reserved'), 0);
    expect(reader, 'vector length', reader.uint8('vector length'), IV_BYTES);
  }
  const frameLengthOffset = reader.offset;
  const frameLength = reader.uint32('frame length');
  if (framed !== frameLength > 0) {
    const what = framed ? 'is `0`, but the body has frames' : `is \`${frameLength}\`, but the body has no frames`;
    throw malformed('frame length', frameLengthOffset, what);
  }
  const commitment = version === 1 ? new Uint8Array(0) : reader.take('key commitment', COMMITMENT_BYTES);
  const authenticated = bytes.subarray(0, reader.offset);
  const iv = version === 1 ? reader.take('header initialization vector', IV_BYTES) : ZERO_IV;
  const tag = reader.take('header authentication tag', TAG_BYTES);
  const header = { suite, messageId, encryptionContext, encryptedDataKeys, framed, frameLength, commitment };
  return { header, authenticated, iv, tag, length: reader.offset, fields: () => reader.fields };
}

/** What the tag of the header is made with. */
export const ZERO_IV: Uint8Array = new Uint8Array(IV_BYTES);

function readVersion(reader: ByteReader): 1 | 2 {
  const version = reader.uint8('version');
  if (version === 1 || version === VERSION) return version;
  const hint = version === 0x41 ? '; it looks like base64, which must be decoded first' : '';
  const message = `field \`version\` at byte 0 is \`${version}\`: this is no message of the AWS Encryption SDK${hint}`;
  const place = { field: 'version', offset: 0 };
  throw new EnvelopeError('malformed', message, 'give the bytes of the message as they were written', place);
}

/** Refuses a field, which was read just now, with another value. */
function expect(reader: ByteReader, field: string, found: number, wanted: number): void {
  if (found === wanted) return;
  throw malformed(field, reader.fields.at(-1)?.offset ?? 0, `is \`${found}\` instead of \`${wanted}\``);
}

function knownSuite(version: 1 | 2, offset: number, id: number): AlgorithmSuite {
  const suite = findSuite(id);
  if (suite?.version === version) return suite;
  const others = version === 1 ? 'none that version 1 has' : 'version 2 has `0x0478` and `0x0578`';
  const message = `field \`algorithm suite\` at byte ${offset} is \`${suiteNumber(id)}\`; ${others}`;
  const place = { field: 'algorithm suite', offset };
  throw new EnvelopeError('unsupported', message, 'encrypt with a suite of the AWS Encryption SDK', place);
}

function isFramed(offset: number, type: number): boolean {
  if (type === FRAMED || type === NOT_FRAMED) return type === FRAMED;
  throw malformed('content type', offset, `is \`${type}\`; \`2\` means framed, \`1\` not framed`);
}

function readDataKeys(reader: ByteReader, maximum: number): EncryptedDataKey[] {
  const offset = reader.offset;
  const count = reader.uint16('encrypted data keys');
  if (count === 0) throw malformed('encrypted data keys', offset, 'is `0`, so that nothing can decrypt the message');
  checkDataKeyCount(count, maximum, offset);
  const keys: EncryptedDataKey[] = [];
  for (let number = 1; number <= count; number++) {
    const take = (part: string): Buffer => {
      const name = `${part} ${number}`;
      return reader.take(name, reader.uint16(`${name} length`));
    };
    const idName = `key provider id ${number}`;
    const providerId = reader.text(idName, reader.uint16(`${idName} length`));
    keys.push({ providerId, providerInfo: take('key provider information'), ciphertext: take('encrypted data key') });
  }
  return keys;
}

/** Throws an EnvelopeError `limit`. */
export function checkDataKeyCount(count: number, maximum: number, offset?: number): void {
  if (count <= maximum) return;
  const message = `the message has ${count} encrypted data keys, and the limit is ${maximum}`;
  const place = offset === undefined ? undefined : { field: 'encrypted data keys', offset };
  throw new EnvelopeError('limit', message, 'raise the limit, if so many keys are expected', place);
}

function limit(message: string): EnvelopeError {
  return new EnvelopeError('limit', message, 'stay within what the message format can hold');
}
