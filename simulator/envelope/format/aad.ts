/**
 * What a frame's tag authenticates beside its content: the message it belongs to, whether it is the last one, its
 * number and its length. So frames can be neither exchanged, nor reordered, nor left out, nor moved to another message.
 */
export class FrameAad {
  readonly #messageId: Uint8Array;
  readonly #final: Buffer;
  #regular: Buffer | undefined;

  constructor(messageId: Uint8Array, framed = true) {
    this.#messageId = messageId;
    this.#final = template(messageId, framed ? FINAL_FRAME : SINGLE_BLOCK);
  }

  /** The bytes for one frame. They are valid until the next call. */
  bytes(sequenceNumber: number, contentLength: number, final: boolean): Uint8Array {
    this.#regular ??= final ? undefined : template(this.#messageId, FRAME);
    const aad = final || !this.#regular ? this.#final : this.#regular;
    const at = aad.length - NUMBER_BYTES;
    putUint32(aad, at, sequenceNumber);
    // A frame's length has four bytes in the body and eight here.
    putUint32(aad, at + 4, Math.floor(contentLength / 2 ** 32));
    putUint32(aad, at + 8, contentLength);
    return aad;
  }
}

/** Big-endian. That of Buffer checks its arguments, which is felt where a frame takes microseconds. */
export function putUint32(target: Uint8Array, at: number, value: number): void {
  target[at] = value >>> 24;
  target[at + 1] = value >>> 16;
  target[at + 2] = value >>> 8;
  target[at + 3] = value;
}

/** Sequence number and length. */
const NUMBER_BYTES = 4 + 8;
const FRAME = Buffer.from('AWSKMSEncryptionClient Frame');
const FINAL_FRAME = Buffer.from('AWSKMSEncryptionClient Final Frame');
const SINGLE_BLOCK = Buffer.from('AWSKMSEncryptionClient Single Block');

function template(messageId: Uint8Array, kind: Buffer): Buffer {
  const bytes = Buffer.allocUnsafe(messageId.length + kind.length + NUMBER_BYTES);
  bytes.set(messageId);
  bytes.set(kind, messageId.length);
  return bytes;
}
