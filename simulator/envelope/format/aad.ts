/**
 * What a frame's tag authenticates beside its content: the message it belongs to, whether it is the last one, its
 * number and its length. So frames can be neither exchanged, nor reordered, nor left out, nor moved to another message.
 */
export class FrameAad {
  readonly #regular: Buffer;
  readonly #final: Buffer;

  constructor(messageId: Uint8Array, framed = true) {
    this.#regular = template(messageId, 'Frame');
    this.#final = template(messageId, framed ? 'Final Frame' : 'Single Block');
  }

  /** The bytes for one frame. They are valid until the next call. */
  bytes(sequenceNumber: number, contentLength: number, final: boolean): Uint8Array {
    const aad = final ? this.#final : this.#regular;
    const at = aad.length - SEQUENCE_NUMBER_BYTES - CONTENT_LENGTH_BYTES;
    aad.writeUInt32BE(sequenceNumber, at);
    // A frame's length has four bytes in the body and eight here.
    if (contentLength > 0xffffffff) aad.writeUInt32BE(Math.floor(contentLength / 2 ** 32), at + SEQUENCE_NUMBER_BYTES);
    aad.writeUInt32BE(contentLength % 2 ** 32, at + SEQUENCE_NUMBER_BYTES + CONTENT_LENGTH_BYTES / 2);
    return aad;
  }
}

const SEQUENCE_NUMBER_BYTES = 4;
const CONTENT_LENGTH_BYTES = 8;

function template(messageId: Uint8Array, kind: string): Buffer {
  const numbers = Buffer.alloc(SEQUENCE_NUMBER_BYTES + CONTENT_LENGTH_BYTES);
  return Buffer.concat([messageId, Buffer.from(`AWSKMSEncryptionClient ${kind}`), numbers]);
}
