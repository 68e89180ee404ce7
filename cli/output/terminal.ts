import picocolors from 'picocolors';

/** Standard output and standard error of a command. */
export interface Terminal {
  readonly out: Sink;
  readonly error: Sink;
}

/** Where text goes, with colours where a person looks at it. */
export interface Sink {
  line(text?: string): void;
  /** A text as it is, without a line end. */
  write(text: string): void;
  readonly colours: Colours;
  /** Whether somebody sees it at once, so that a screen can be cleared. */
  readonly isTerminal: boolean;
}

export type Colours = ReturnType<typeof picocolors.createColors>;

/** The streams of this process. Colours only on a terminal and never with NO_COLOR; FORCE_COLOR outweighs both. */
export function processTerminal(): Terminal {
  return { out: sinkOf(process.stdout), error: sinkOf(process.stderr) };
}

/** Keeps what is written. */
export class TextSink implements Sink {
  text = '';
  readonly colours: Colours;
  readonly isTerminal = false;

  /** @param colours none, if left out */
  constructor(colours: Colours = picocolors.createColors(false)) {
    this.colours = colours;
  }

  line(text = ''): void {
    this.text += `${text}\n`;
  }

  write(text: string): void {
    this.text += text;
  }
}

function sinkOf(stream: NodeJS.WriteStream): Sink {
  // Whoever reads may have seen enough, as `head` has: that is no fault of ours.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    line: (text = '') => void stream.write(`${text}\n`),
    write: (text) => void stream.write(text),
    colours: picocolors.createColors(wantsColours(stream)),
    isTerminal: stream.isTTY === true,
  };
}

function wantsColours({ isTTY }: NodeJS.WriteStream): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = process.env;
  if (FORCE_COLOR) return FORCE_COLOR !== '0';
  return isTTY === true && !NO_COLOR && TERM !== 'dumb';
}
