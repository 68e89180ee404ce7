import { createCipheriv, type KeyObject } from 'node:crypto';
import { EnvelopeError } from './errors.ts';
import { FrameAad } from './format/aad.ts';
import { MAXIMUM_FRAMES, writeFrameHead, writeFrameIv } from './format/frame.ts';
import type { MessageHeader } from './format/header.ts';
import { transform } from './pieces.ts';
import { type AlgorithmSuite, IV_BYTES, TAG_BYTES } from './suites.ts';

/** Encrypts one frame after the other into buffers that the caller provides. */
export class FrameWriter {
  readonly #cipher: AlgorithmSuite['cipher'];
  readonly #key: KeyObject;
  readonly #aad: FrameAad;
  readonly #iv = Buffer.allocUnsafe(IV_BYTES);
  #written = 0;

  constructor(encryptionKey: KeyObject, { suite, messageId }: MessageHeader) {
    this.#cipher = suite.cipher;
    this.#key = encryptionKey;
    this.#aad = new FrameAad(messageId);
  }

  /**
   * Writes the next frame to `target` from `start` on and returns where it ends. Every frame but the final one must have
   * the frame length of the header. Throws an EnvelopeError `limit` for more frames than a message can have.
   */
  write(content: Uint8Array, final: boolean, target: Buffer, start: number): number {
    const sequenceNumber = this.#written + 1;
    // The number of a frame that is not the last one must not look like the mark of the end.
    if (sequenceNumber > (final ? MAXIMUM_FRAMES : MAXIMUM_FRAMES - 1)) throw tooManyFrames();
    const contentStart = writeFrameHead(target, start, sequenceNumber, content.length, final);
    writeFrameIv(this.#iv, 0, sequenceNumber);
    const cipher = createCipheriv(this.#cipher, this.#key, this.#iv);
    cipher.setAAD(this.#aad.bytes(sequenceNumber, content.length, final));
    const tagStart = transform(cipher, content, 0, content.length, target, contentStart);
    cipher.final();
    target.set(cipher.getAuthTag(), tagStart);
    this.#written = sequenceNumber;
    return tagStart + TAG_BYTES;
  }
}

export function tooManyFrames(): EnvelopeError {
  return new EnvelopeError('limit', `a message has at most ${MAXIMUM_FRAMES} frames`, 'use longer frames');
}
