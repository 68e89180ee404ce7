import type { Pieces } from './encrypt.ts';
import { fingerprintOf, newFingerprint } from './fingerprint.ts';

/** What may be told of bytes that nobody is to see. */
export interface Measured {
  readonly bytes: number;
  readonly fingerprint: string;
}

/** Size and fingerprint of what goes through. */
export class Counted {
  readonly #hash = newFingerprint();
  readonly #notice: (bytes: number) => void;
  #bytes = 0;

  constructor(notice: (bytes: number) => void = () => undefined) {
    this.#notice = notice;
  }

  async *through(pieces: Pieces): AsyncGenerator<Uint8Array, void, void> {
    for await (const piece of pieces) {
      this.#hash.update(piece);
      this.#bytes += piece.length;
      this.#notice(this.#bytes);
      yield piece;
    }
  }

  result(): Measured {
    return { bytes: this.#bytes, fingerprint: fingerprintOf(this.#hash) };
  }
}
