import { EnvelopeError, GET_ORIGINAL } from '../errors.ts';

const LENGTH_BYTES = 2;

/** What follows the body of a signed message: the length of the signature in two bytes, and the signature in DER. */
export interface Footer {
  readonly signature: Uint8Array;
  readonly end: number;
}

export function writeFooter(signature: Uint8Array): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(signature.length);
  return Buffer.concat([length, signature]);
}

/** Undefined while `bytes` does not hold all of it. */
export function readFooter(bytes: Buffer, start: number): Footer | undefined {
  if (bytes.length < start + LENGTH_BYTES) return undefined;
  const end = start + LENGTH_BYTES + bytes.readUInt16BE(start);
  return bytes.length < end ? undefined : { signature: bytes.subarray(start + LENGTH_BYTES, end), end };
}

export function truncatedFooter(length: number, offset: number): EnvelopeError {
  const message = `the message ends after ${length} bytes, in its signature at byte ${offset}`;
  return new EnvelopeError('truncated', message, GET_ORIGINAL, { field: 'signature', offset });
}

/** `part` is what ends the message. */
export function trailingBytes(offset: number, count: number, part = 'final frame'): EnvelopeError {
  const message = `${count} ${count === 1 ? 'byte follows' : 'bytes follow'} the ${part}, from byte ${offset}`;
  return new EnvelopeError('trailing-bytes', message, GET_ORIGINAL, { field: 'end of message', offset });
}
