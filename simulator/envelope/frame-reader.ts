import { createDecipheriv, type KeyObject } from 'node:crypto';
import { EnvelopeError, GET_ORIGINAL } from './errors.ts';
import { FrameAad } from './format/aad.ts';
import { type FrameLayout, writeFrameIv } from './format/frame.ts';
import { CIPHER, IV_BYTES, TAG_BYTES } from './suites.ts';

/** Decrypts frames that a {@link FrameScanner} found, in buffers that the caller provides. */
export class FrameReader {
  readonly #key: KeyObject;
  readonly #aad: FrameAad;
  readonly #iv = Buffer.alloc(IV_BYTES);

  constructor(encryptionKey: KeyObject, messageId: Uint8Array) {
    this.#key = encryptionKey;
    this.#aad = new FrameAad(messageId);
  }

  /**
   * Decrypts a frame's content to `target` from `at` on and returns where it ends. Throws an EnvelopeError `frame-tag`
   * where the frame is not authentic; `target` then has nothing of it. `base` is where `bytes` starts in the message.
   */
  open(frame: FrameLayout, bytes: Buffer, target: Uint8Array, at: number, base = 0): number {
    const { sequenceNumber, contentStart, contentLength, tagStart, final } = frame;
    writeFrameIv(this.#iv, sequenceNumber);
    const decipher = createDecipheriv(CIPHER, this.#key, this.#iv, { authTagLength: TAG_BYTES });
    decipher.setAAD(this.#aad.bytes(sequenceNumber, contentLength, final));
    decipher.setAuthTag(bytes.subarray(tagStart, frame.end));
    const content = decipher.update(bytes.subarray(contentStart, tagStart));
    try {
      decipher.final();
    } catch {
      content.fill(0);
      throw notAuthentic(sequenceNumber, base + tagStart);
    }
    target.set(content, at);
    return at + contentLength;
  }
}

function notAuthentic(frame: number, offset: number): EnvelopeError {
  const message = `frame ${frame} does not match its authentication tag at byte ${offset}: its content or its tag was changed`;
  return new EnvelopeError('frame-tag', message, GET_ORIGINAL, { field: 'authentication tag', offset, frame });
}
