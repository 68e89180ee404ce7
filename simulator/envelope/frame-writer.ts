import { createCipheriv, type KeyObject } from 'node:crypto';
import { EnvelopeError } from './errors.ts';
import { FrameAad } from './format/aad.ts';
import { MAXIMUM_FRAMES, writeFrameHead } from './format/frame.ts';
import { CIPHER, IV_BYTES, TAG_BYTES } from './suites.ts';

/** Encrypts one frame after the other into buffers that the caller provides. */
export class FrameWriter {
  readonly #key: KeyObject;
  readonly #aad: FrameAad;
  #written = 0;

  constructor(encryptionKey: KeyObject, messageId: Uint8Array) {
    this.#key = encryptionKey;
    this.#aad = new FrameAad(messageId);
  }

  /**
   * Writes the next frame to `target` from `start` on and returns where it ends. Every frame but the final one must have
   * the frame length of the header. Throws an EnvelopeError `limit` for more frames than a message can have.
   */
  write(content: Uint8Array, final: boolean, target: Buffer, start: number): number {
    const sequenceNumber = this.#written + 1;
    if (sequenceNumber > MAXIMUM_FRAMES) {
      throw new EnvelopeError('limit', `a message has at most ${MAXIMUM_FRAMES} frames`, 'use longer frames');
    }
    const frame = writeFrameHead(target, start, sequenceNumber, content.length, final);
    const ivEnd = final ? frame.contentStart - 4 : frame.contentStart;
    const iv = target.subarray(ivEnd - IV_BYTES, ivEnd);
    const cipher = createCipheriv(CIPHER, this.#key, iv, { authTagLength: TAG_BYTES });
    cipher.setAAD(this.#aad.bytes(sequenceNumber, content.length, final));
    target.set(cipher.update(content), frame.contentStart);
    cipher.final();
    target.set(cipher.getAuthTag(), frame.tagStart);
    this.#written = sequenceNumber;
    return frame.end;
  }
}
