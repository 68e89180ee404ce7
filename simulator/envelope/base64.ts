import type { Pieces } from './encrypt.ts';
import { EnvelopeError } from './errors.ts';

/**
 * The bytes of a message that may be written in base64, also that of URLs, with line breaks or without. Messages start
 * with a byte below any letter, so that the first bytes tell which it is.
 *
 * @param onText called before the first piece, where it is base64
 * @throws EnvelopeError `malformed` for a character that base64 does not have
 */
export async function* decoded(source: Pieces, onText: () => void): AsyncGenerator<Uint8Array, void, void> {
  let start: Buffer | undefined = Buffer.alloc(0);
  let decoder: Base64Decoder | undefined;
  for await (const piece of source) {
    let bytes: Uint8Array = piece;
    if (start) {
      start = Buffer.concat([start, piece]);
      if (start.length < START_BYTES) continue;
      bytes = start;
      if (isBase64(start)) decoder = begin(onText);
      start = undefined;
    }
    yield decoder ? decoder.take(bytes) : bytes;
  }
  if (start && isBase64(start)) {
    decoder = begin(onText);
    yield decoder.take(start);
  } else if (start) yield start;
  if (decoder) yield decoder.end();
}

/** Enough to have the first four characters behind a byte order mark and an empty line or two. */
const START_BYTES = 16;

/** The first characters of what starts with version 1 and type 128, or version 2 and suite 0x0478 or 0x0578. */
const TEXT_START = /^(?:\uFEFF)?\s*(?:AY[A-D]|AgR4|AgV4)/;

function isBase64(start: Buffer): boolean {
  return TEXT_START.test(start.toString('utf8'));
}

function begin(onText: () => void): Base64Decoder {
  onText();
  return new Base64Decoder();
}

class Base64Decoder {
  /** Characters that do not make whole bytes yet. */
  #rest = '';
  #offset = 0;
  #padded = false;

  take(piece: Uint8Array): Buffer {
    const text = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength).toString('latin1');
    const start = this.#offset === 0 && text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    const strange = this.#strange(text, start);
    if (strange >= 0) {
      const message = `the file starts as base64 does, but byte ${this.#offset + strange} of it is no more of that`;
      throw new EnvelopeError('malformed', message, 'give the message alone, as bytes or as base64');
    }
    this.#offset += piece.length;
    const all = this.#rest + text.slice(start).replace(/[\s=]+/g, '');
    const whole = all.length - (all.length % 4);
    this.#rest = all.slice(whole);
    return Buffer.from(all.slice(0, whole), 'base64');
  }

  end(): Buffer {
    return Buffer.from(this.#rest, 'base64');
  }

  /** Where something stands that does not belong to base64, or to its end; -1 where nothing does. */
  #strange(text: string, start: number): number {
    const padding = this.#padded ? start : text.indexOf('=', start);
    this.#padded ||= padding >= 0;
    const end = padding < 0 ? text.length : padding;
    const found = text.slice(start, end).search(/[^\w\s+/-]/);
    if (found >= 0) return start + found;
    const after = text.slice(end).search(/[^\s=]/);
    return after < 0 ? -1 : end + after;
  }
}

/** In UTF-8, read as Latin-1. */
const BYTE_ORDER_MARK = '\u00EF\u00BB\u00BF';
