import { type EncryptionContext, encodedPairs } from '../../kms/encryption-context.ts';
import { EnvelopeError } from '../errors.ts';
import { type ByteReader, malformed } from './byte-reader.ts';

const MAXIMUM_BYTES = 0xffff;

/**
 * The encryption context as the header holds it, without the section's length: the number of pairs, then each key and
 * value after its length, two bytes per number, sorted by the UTF-8 bytes of the keys. Nothing at all for no pairs.
 * Throws an EnvelopeError `limit` for more than 65,535 bytes.
 */
export function serializeContext(context: EncryptionContext): Uint8Array {
  const pairs = encodedPairs(context);
  if (pairs.length === 0) return new Uint8Array(0);
  const length = pairs.reduce((sum, { key, value }) => sum + 4 + key.length + value.length, 2);
  if (length > MAXIMUM_BYTES) {
    throw new EnvelopeError(
      'limit',
      `the encryption context takes ${length} bytes, and a message holds ${MAXIMUM_BYTES}`,
      'keep identifiers in the encryption context, and data in the payload',
    );
  }
  const bytes = Buffer.alloc(length);
  let at = bytes.writeUInt16BE(pairs.length);
  for (const { key, value } of pairs) {
    for (const text of [key, value]) {
      at = bytes.writeUInt16BE(text.length, at);
      bytes.set(text, at);
      at += text.length;
    }
  }
  return bytes;
}

/** Reads the section with its length. */
export function readContext(reader: ByteReader): EncryptionContext {
  const start = reader.offset;
  const length = reader.uint16('encryption context length');
  if (length === 0) return {};
  const end = start + 2 + length;
  const countOffset = reader.offset;
  const count = reader.uint16('encryption context pairs');
  if (count === 0) throw malformed('encryption context pairs', countOffset, 'is `0` although the section is not empty');
  const pairs = new Map<string, string>();
  for (let pair = 1; pair <= count; pair++) {
    const offset = reader.offset;
    const key = reader.text(`context key ${pair}`, reader.uint16(`context key ${pair} length`));
    if (pairs.has(key)) throw malformed(`context key ${pair}`, offset, `repeats the key \`${key}\``);
    pairs.set(key, reader.text(`context value ${pair}`, reader.uint16(`context value ${pair} length`)));
  }
  if (reader.offset !== end) {
    const used = reader.offset - start - 2;
    throw malformed('encryption context length', start, `is \`${length}\`, but the pairs take ${used} bytes`);
  }
  return Object.fromEntries(pairs);
}
