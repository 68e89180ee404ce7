import type { EncryptionContext } from '../../kms/encryption-context.ts';
import { EnvelopeError } from '../errors.ts';
import {
  type AlgorithmSuite,
  COMMITMENT_BYTES,
  findSuite,
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

/** The header of message format version 2 with a framed body. */
export interface MessageHeader {
  readonly suite: AlgorithmSuite;
  readonly messageId: Uint8Array;
  readonly encryptionContext: EncryptionContext;
  readonly encryptedDataKeys: readonly EncryptedDataKey[];
  /** The content of every frame but the last, in bytes. */
  readonly frameLength: number;
  readonly commitment: Uint8Array;
}

export interface ReadHeader {
  readonly header: MessageHeader;
  /** The bytes that the tag authenticates. */
  readonly authenticated: Uint8Array;
  readonly tag: Uint8Array;
  /** Where the body starts. */
  readonly length: number;
  /** Every field in its order; together they are the header, without gaps. */
  readonly fields: readonly Field[];
}

export const DEFAULT_FRAME_LENGTH = 4096;
const MAXIMUM_FRAME_LENGTH = 0xffffffff;

const VERSION = 2;
const FRAMED = 2;
const NOT_FRAMED = 1;
const MAXIMUM_COUNT = 0xffff;

/** The header without its authentication tag. Throws an EnvelopeError `limit` for what the format cannot hold. */
export function serializeHeader(header: MessageHeader): Uint8Array {
  const context = serializeContext(header.encryptionContext);
  const keys = header.encryptedDataKeys;
  if (keys.length === 0 || keys.length > MAXIMUM_COUNT) {
    throw limit(`a message has 1 to ${MAXIMUM_COUNT} encrypted data keys, not ${keys.length}`);
  }
  if (!Number.isInteger(header.frameLength) || header.frameLength < 1 || header.frameLength > MAXIMUM_FRAME_LENGTH) {
    throw limit(`the frame length is a whole number from 1 to ${MAXIMUM_FRAME_LENGTH}, not ${header.frameLength}`);
  }
  return Buffer.concat([
    Uint8Array.of(VERSION),
    uint16(header.suite.id),
    header.messageId,
    uint16(context.length),
    context,
    uint16(keys.length),
    ...keys.flatMap((key) => [Buffer.from(key.providerId), key.providerInfo, key.ciphertext].flatMap(withLength)),
    Uint8Array.of(FRAMED),
    uint32(header.frameLength),
    header.commitment,
  ]);
}

/**
 * Reads the header at the start of `bytes`, without checking its tag. Throws an EnvelopeError and nothing else:
 * `truncated` where the header is not complete, `malformed` or `unsupported` with field and byte.
 */
export function readHeader(bytes: Uint8Array, reader: ByteReader = new ByteReader(bytes)): ReadHeader {
  checkVersion(reader.uint8('version'));
  const suite = knownSuite(reader.uint16('algorithm suite'));
  const messageId = reader.take('message id', MESSAGE_ID_BYTES);
  const encryptionContext = readContext(reader);
  const encryptedDataKeys = readDataKeys(reader);
  checkContentType(reader.offset, reader.uint8('content type'));
  const frameLengthOffset = reader.offset;
  const frameLength = reader.uint32('frame length');
  if (frameLength === 0) throw malformed('frame length', frameLengthOffset, 'is `0`, but the body has frames');
  const commitment = reader.take('key commitment', COMMITMENT_BYTES);
  const authenticated = bytes.subarray(0, reader.offset);
  const tag = reader.take('header authentication tag', TAG_BYTES);
  const header = { suite, messageId, encryptionContext, encryptedDataKeys, frameLength, commitment };
  return { header, authenticated, tag, length: reader.offset, fields: reader.fields };
}

function checkVersion(version: number): void {
  if (version === VERSION) return;
  const place = { field: 'version', offset: 0 };
  if (version === 1) {
    const message = 'field `version` at byte 0 is `1`, a format without key commitment; only version 2 is read';
    throw new EnvelopeError('unsupported', message, 'encrypt again with a suite that commits to its key', place);
  }
  const hint = version === 0x41 ? '; it looks like base64, which must be decoded first' : '';
  const message = `field \`version\` at byte 0 is \`${version}\`: this is no message of the AWS Encryption SDK${hint}`;
  throw new EnvelopeError('malformed', message, 'give the bytes of the message as they were written', place);
}

function knownSuite(id: number): AlgorithmSuite {
  const suite = findSuite(id);
  if (suite) return suite;
  const message = `field \`algorithm suite\` at byte 1 is \`${suiteNumber(id)}\`; version 2 has \`0x0478\` and \`0x0578\``;
  throw new EnvelopeError('unsupported', message, 'encrypt with a suite that commits to its key', {
    field: 'algorithm suite',
    offset: 1,
  });
}

function checkContentType(offset: number, type: number): void {
  if (type === FRAMED) return;
  if (type !== NOT_FRAMED) throw malformed('content type', offset, `is \`${type}\`; \`2\` means framed`);
  const message = `field \`content type\` at byte ${offset} is \`1\`, a body without frames; only framed bodies are read`;
  throw new EnvelopeError('unsupported', message, 'encrypt with frames', { field: 'content type', offset });
}

function readDataKeys(reader: ByteReader): EncryptedDataKey[] {
  const offset = reader.offset;
  const count = reader.uint16('encrypted data keys');
  if (count === 0) throw malformed('encrypted data keys', offset, 'is `0`, so that nothing can decrypt the message');
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

function withLength(bytes: Uint8Array): Uint8Array[] {
  if (bytes.length > MAXIMUM_COUNT) throw limit(`a part of an encrypted data key has ${bytes.length} bytes`);
  return [uint16(bytes.length), bytes];
}

function limit(message: string): EnvelopeError {
  return new EnvelopeError('limit', message, 'stay within what the message format can hold');
}

function uint16(value: number): Uint8Array {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
