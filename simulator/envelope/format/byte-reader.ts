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
  readonly #notes: { readonly name: string; readonly offset: number; readonly length: number }[] = [];
  readonly #bytes: Buffer;
  #offset = 0;
  #wanted = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get fields(): Field[] {
    return this.#notes.map(({ name, offset, length }) => {
      return { name, offset, bytes: this.#bytes.subarray(offset, offset + length) };
    });
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
    const offset = this.#pass(name, length);
    return this.#bytes.subarray(offset, offset + length);
  }

  uint8(name: string): number {
    return this.#bytes.readUInt8(this.#pass(name, 1));
  }

  uint16(name: string): number {
    return this.#bytes.readUInt16BE(this.#pass(name, 2));
  }

  uint32(name: string): number {
    return this.#bytes.readUInt32BE(this.#pass(name, 4));
  }

  #pass(name: string, length: number): number {
    const offset = this.#offset;
    if (offset + length > this.#bytes.length) {
      this.#wanted = offset + length;
      throw new EnvelopeError(
        'truncated',
        `the message ends after ${this.#bytes.length} bytes, in field \`${name}\` at byte ${offset}, which has ${length}`,
        GET_ORIGINAL,
        { field: name, offset },
      );
    }
    this.#offset += length;
    this.#notes.push({ name, offset, length });
    return offset;
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
