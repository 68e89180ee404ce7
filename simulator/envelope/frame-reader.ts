import { createDecipheriv, type KeyObject } from 'node:crypto';
import { EnvelopeError, GET_ORIGINAL } from './errors.ts';
import { FrameAad } from './format/aad.ts';
import type { FrameLayout } from './format/frame.ts';
import type { MessageHeader } from './format/header.ts';
import { transform } from './pieces.ts';
import { type AlgorithmSuite, IV_BYTES } from './suites.ts';

/** Decrypts frames that a {@link FrameScanner} found, in buffers that the caller provides. */
export class FrameReader {
  readonly #cipher: AlgorithmSuite['cipher'];
  readonly #key: KeyObject;
  readonly #aad: FrameAad;

  constructor(encryptionKey: KeyObject, { suite, messageId, framed }: MessageHeader) {
    this.#cipher = suite.cipher;
    this.#key = encryptionKey;
    this.#aad = new FrameAad(messageId, framed);
  }

  /**
   * Decrypts a frame's content to `target` from `at` on and returns where it ends. Throws an EnvelopeError `frame-tag`
   * where the frame is not authentic; `target` then has nothing of it. `base` is where `bytes` starts in the message.
   */
  open(frame: FrameLayout, bytes: Buffer, target: Uint8Array, at: number, base = 0): number {
    const { sequenceNumber, ivStart, contentStart, contentLength, tagStart, final } = frame;
    const iv = bytes.subarray(ivStart, ivStart + IV_BYTES);
    const decipher = createDecipheriv(this.#cipher, this.#key, iv);
    decipher.setAAD(this.#aad.bytes(sequenceNumber, contentLength, final));
    decipher.setAuthTag(bytes.subarray(tagStart, frame.end));
    const end = transform(decipher, bytes, contentStart, tagStart, target, at);
    try {
      decipher.final();
    } catch {
      target.fill(0, at, end);
      throw notAuthentic(sequenceNumber, base + tagStart);
    }
    return end;
  }
}

function notAuthentic(frame: number, offset: number): EnvelopeError {
  const message = `frame ${frame} does not match its authentication tag at byte ${offset}: its content or its tag was changed`;
  return new EnvelopeError('frame-tag', message, GET_ORIGINAL, { field: 'authentication tag', offset, frame });
}
