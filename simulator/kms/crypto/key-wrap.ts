import { createCipheriv, createDecipheriv } from 'node:crypto';

/**
 * AES key wrap with padding, of RFC 5649: the second half of RSA_AES_KEY_WRAP. Written out, since the cryptography of
 * editors does not have it.
 */
const MARK = 0xa65959a6;

/** @param kek an AES key of 16, 24 or 32 bytes */
export function wrapPadded(kek: Uint8Array, key: Uint8Array): Uint8Array {
  const blocks = Math.ceil(key.length / 8);
  const padded = Buffer.alloc(blocks * 8);
  padded.set(key);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(MARK);
  head.writeUInt32BE(key.length, 4);
  const aes = (block: Uint8Array): Buffer => ecb(createCipheriv(cipherOf(kek), kek, null), block);
  if (blocks === 1) return aes(Buffer.concat([head, padded]));
  let a: Buffer = head;
  for (let round = 0; round < 6; round++) {
    for (let i = 0; i < blocks; i++) {
      const out = aes(Buffer.concat([a, padded.subarray(i * 8, i * 8 + 8)]));
      a = mixed(out.subarray(0, 8), blocks * round + i + 1);
      padded.set(out.subarray(8), i * 8);
    }
  }
  return Buffer.concat([a, padded]);
}

/** Undefined where it was not wrapped under this key. */
export function unwrapPadded(kek: Uint8Array, wrapped: Uint8Array): Uint8Array | undefined {
  if (![16, 24, 32].includes(kek.length) || wrapped.length < 16 || wrapped.length % 8 !== 0) return undefined;
  const aes = (block: Uint8Array): Buffer => ecb(createDecipheriv(cipherOf(kek), kek, null), block);
  const data = Buffer.from(wrapped);
  const blocks = data.length / 8 - 1;
  let a: Buffer = data.subarray(0, 8);
  let padded: Buffer = Buffer.from(data.subarray(8));
  if (blocks === 1) {
    const out = aes(data);
    a = out.subarray(0, 8);
    padded = out.subarray(8);
  } else {
    for (let round = 5; round >= 0; round--) {
      for (let i = blocks - 1; i >= 0; i--) {
        const out = aes(Buffer.concat([mixed(a, blocks * round + i + 1), padded.subarray(i * 8, i * 8 + 8)]));
        a = out.subarray(0, 8);
        padded.set(out.subarray(8), i * 8);
      }
    }
  }
  const length = a.readUInt32BE(4);
  if (a.readUInt32BE() !== MARK || length > padded.length || length <= padded.length - 8) return undefined;
  return padded.subarray(length).every((byte) => byte === 0) ? padded.subarray(0, length) : undefined;
}

const cipherOf = (kek: Uint8Array): string => `aes-${kek.length * 8}-ecb`;

function ecb(
  cipher: ReturnType<typeof createCipheriv> | ReturnType<typeof createDecipheriv>,
  block: Uint8Array,
): Buffer {
  cipher.setAutoPadding(false);
  return Buffer.concat([cipher.update(block), cipher.final()]);
}

function mixed(a: Uint8Array, step: number): Buffer {
  const out = Buffer.from(a);
  out.writeUInt32BE((out.readUInt32BE(4) ^ step) >>> 0, 4);
  return out;
}
