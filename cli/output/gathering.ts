import type { Colours, Sink } from './terminal.ts';

/** Writes at one stroke what comes while the program is busy, since each stroke costs as much as what else a request takes. */
export class GatheringSink implements Sink {
  readonly colours: Colours;
  readonly isTerminal: boolean;
  private readonly sink: Sink;
  private text = '';

  constructor(sink: Sink) {
    this.sink = sink;
    this.colours = sink.colours;
    this.isTerminal = sink.isTerminal;
  }

  line(text = ''): void {
    this.write(`${text}\n`);
  }

  write(text: string): void {
    if (this.text === '') setImmediate(() => this.flush());
    this.text += text;
  }

  flush(): void {
    const { text } = this;
    this.text = '';
    if (text !== '') this.sink.write(text);
  }
}
