import type { Sink } from '../output/terminal.ts';

const WIDTH = 24;
const INTERVAL = 100;

/** A line that tells how far it is, for somebody who looks at a terminal; nothing for anybody else. */
export class Progress {
  readonly #sink: Sink;
  readonly #title: string;
  readonly #total: number | undefined;
  readonly #began = performance.now();
  #shown = 0;

  constructor(sink: Sink, title: string, total: number | undefined) {
    this.#sink = sink;
    this.#title = title;
    this.#total = total;
  }

  show(bytes: number): void {
    const now = performance.now();
    if (!this.#sink.isTerminal || now - this.#shown < INTERVAL) return;
    this.#shown = now;
    const rate = `${megabytes(bytes / ((now - this.#began) / 1000))}/s`;
    this.#sink.write(`\r${ERASE}${this.#title} ${this.#bar(bytes)}, ${rate}`);
  }

  end(): void {
    if (this.#shown > 0) this.#sink.write(`\r${ERASE}`);
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
