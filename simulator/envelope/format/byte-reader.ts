import { EnvelopeError, GET_ORIGINAL } from '../errors.ts';

/** A field as it stands in the message. */
export interface Field {
  readonly name: string;
  /** In bytes from the start of the message. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Reads named fields one after the other and notes each of them, so that a reader can be shown what was read. */
export class ByteReader {
  readonly fields: Field[] = [];
  readonly #bytes: Buffer;
  #offset = 0;
  #wanted = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Where the next field starts. */
  get offset(): number {
    return this.#offset;
  }

  /** How many bytes there must be at least, once one was missing. */
  get wanted(): number {
    return this.#wanted;
  }

  /** Throws an EnvelopeError `truncated` where fewer bytes are left. */
  take(name: string, length: number): Buffer {
    const offset = this.#offset;
    const bytes = this.#bytes.subarray(offset, offset + length);
    if (bytes.length < length) {
      this.#wanted = offset + length;
      throw new EnvelopeError(
        'truncated',
        `the message ends after ${this.#bytes.length} bytes, in field \`${name}\` at byte ${offset}, which has ${length}`,
        GET_ORIGINAL,
        { field: name, offset },
      );
    }
    this.#offset += length;
    this.fields.push({ name, offset, bytes });
    return bytes;
  }

  uint8(name: string): number {
    return this.take(name, 1).readUInt8();
  }

  uint16(name: string): number {
    return this.take(name, 2).readUInt16BE();
  }

  uint32(name: string): number {
    return this.take(name, 4).readUInt32BE();
  }

  /** Throws an EnvelopeError `malformed` for bytes that are not UTF-8. */
  text(name: string, length: number): string {
    const offset = this.#offset;
    try {
      return utf8.decode(this.take(name, length));
    } catch (error) {
      if (error instanceof EnvelopeError) throw error;
      throw malformed(name, offset, 'is not UTF-8');
    }
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** `what` completes the sentence "field `…` at byte … …". */
export function malformed(field: string, offset: number, what: string): EnvelopeError {
  const message = `field \`${field}\` at byte ${offset} ${what}`;
  return new EnvelopeError('malformed', message, GET_ORIGINAL, { field, offset });
}
