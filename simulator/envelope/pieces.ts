import type { CipherGCM, DecipherGCM } from 'node:crypto';

/** Outputs of this size come from the heap, where larger ones are mapped and unmapped each time. */
const PIECE_BYTES = 64 * 1024;

/** Gives the memory of an output back at once, where the running version can. */
const release: ((output: Buffer) => void) | undefined =
  'transfer' in ArrayBuffer.prototype
    ? (output) => void Reflect.apply(Reflect.get(ArrayBuffer.prototype, 'transfer'), output.buffer, [0])
    : undefined;

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
    return at + output.length;
  }
  let to = at;
  for (let from = start; from < end; from += PIECE_BYTES) {
    const output = cipher.update(source.subarray(from, Math.min(end, from + PIECE_BYTES)));
    target.set(output, to);
    to += output.length;
    release?.(output);
  }
  return to;
}
