import { MESSAGE_ID_BYTES } from '../suites.ts';

/**
 * What a frame's tag authenticates beside its content: the message it belongs to, whether it is the last one, its
 * number and its length. So frames can be neither exchanged, nor reordered, nor left out, nor moved to another message.
 */
export class FrameAad {
  readonly #regular: Buffer;
  readonly #final: Buffer;

  constructor(messageId: Uint8Array) {
    this.#regular = template(messageId, 'AWSKMSEncryptionClient Frame');
    this.#final = template(messageId, 'AWSKMSEncryptionClient Final Frame');
  }

  /** The bytes for one frame. They are valid until the next call. */
  bytes(sequenceNumber: number, contentLength: number, final: boolean): Uint8Array {
    const aad = final ? this.#final : this.#regular;
    const at = aad.length - SEQUENCE_NUMBER_BYTES - CONTENT_LENGTH_BYTES;
    aad.writeUInt32BE(sequenceNumber, at);
    // A frame's length has four bytes in the body and eight here.
    aad.writeUInt32BE(contentLength, at + SEQUENCE_NUMBER_BYTES + CONTENT_LENGTH_BYTES / 2);
    return aad;
  }
}

const SEQUENCE_NUMBER_BYTES = 4;
const CONTENT_LENGTH_BYTES = 8;

function template(messageId: Uint8Array, content: string): Buffer {
  const bytes = Buffer.alloc(MESSAGE_ID_BYTES + content.length + SEQUENCE_NUMBER_BYTES + CONTENT_LENGTH_BYTES);
  bytes.set(messageId);
  bytes.write(content, MESSAGE_ID_BYTES, 'latin1');
  return bytes;
}
