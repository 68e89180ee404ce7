import type { CipherGCM, DecipherGCM } from 'node:crypto';

/** How much is encrypted at a time. */
const PIECE_BYTES = 64 * 1024;

/** Less is collected as cheaply as it is given back. */
const LEAST_RELEASED = 1024;

/** Since Node.js 21; sending the memory of short frames away gains nothing. */
const MOVES = 'transfer' in ArrayBuffer.prototype;

/**
 * Gives the memory of an output back at once. The collector comes late, since it sees small objects only, and each output
 * would then be in memory that is new: half as fast. Versions that cannot move a buffer to nowhere send it to nobody.
 */
function release({ buffer, length }: Buffer): void {
  if (!(buffer instanceof ArrayBuffer) || buffer.byteLength !== length) return;
  if ('transfer' in buffer && typeof buffer.transfer === 'function') buffer.transfer(0);
  else nobody().postMessage(0, [buffer]);
}

/** A port that is closed drops what is sent through it. */
let closed: { postMessage(value: unknown, transfer: readonly ArrayBuffer[]): void } | undefined;

function nobody(): NonNullable<typeof closed> {
  if (closed) return closed;
  const { port1 } = new MessageChannel();
  port1.close();
  closed = port1;
  return port1;
}

/**
 * Runs `source` from `start` to `end` through the cipher, to `target` from `at` on; returns where that ends. Ciphers of
 * Node.js give each output in new memory, so that long frames are best taken in pieces.
 */
export function transform(
  cipher: CipherGCM | DecipherGCM,
  source: Uint8Array,
  start: number,
  end: number,
  target: Uint8Array,
  at: number,
): number {
  if (end - start <= PIECE_BYTES) {
    const isAll = start === 0 && end === source.length;
    const output = cipher.update(isAll ? source : source.subarray(start, end));
    target.set(output, at);
    const { length } = output;
    if (MOVES && length >= LEAST_RELEASED) release(output);
    return at + length;
  }
  let to = at;
  for (let from = start; from < end; from += PIECE_BYTES) {
    const output = cipher.update(source.subarray(from, Math.min(end, from + PIECE_BYTES)));
    target.set(output, to);
    to += output.length;
    release(output);
  }
  return to;
}
