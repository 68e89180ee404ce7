import type { Sink } from '../output/terminal.ts';

const WIDTH = 24;
const INTERVAL = 100;

/** A line that tells how far it is, for somebody who looks at a terminal; nothing for anybody else. */
export class Progress {
  readonly #sink: Sink;
  readonly #title: string;
  readonly #total: number | undefined;
  readonly #now: () => number;
  readonly #began: number;
  #last: number;
  #isShown = false;

  constructor(sink: Sink, title: string, total: number | undefined, now = () => performance.now()) {
    this.#sink = sink;
    this.#title = title;
    this.#total = total;
    this.#now = now;
    this.#began = now();
    this.#last = this.#began;
  }

  /** What is over in a moment shows nothing. */
  show(bytes: number): void {
    const now = this.#now();
    if (!this.#sink.isTerminal || now - this.#last < INTERVAL) return;
    this.#last = now;
    this.#isShown = true;
    const rate = `${megabytes(bytes / ((now - this.#began) / 1000))}/s`;
    this.#sink.write(`\r${ERASE}${this.#title} ${this.#bar(bytes)}, ${rate}`);
  }

  end(): void {
    if (this.#isShown) this.#sink.write(`\r${ERASE}`);
  }

  #bar(bytes: number): string {
    const total = this.#total;
    if (!total) return megabytes(bytes);
    const part = Math.min(1, bytes / total);
    const filled = Math.round(part * WIDTH);
    const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
    return `${bar} ${Math.floor(part * 100)} %, ${megabytes(bytes)} of ${megabytes(total)}`;
  }
}

const ERASE = `${String.fromCharCode(27)}[K`;

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
