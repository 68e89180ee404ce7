import { createInterface } from 'node:readline';
import type { Ask } from './session.ts';

export interface Streams {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
}

/** Lets work ask for lines until Ctrl+C or Ctrl+D ends the input. A line that is typed ahead answers what is asked next. */
export async function askingOn({ input, output }: Streams, work: (ask: Ask) => Promise<void>): Promise<void> {
  const lines = createInterface({ input, output });
  const ahead: string[] = [];
  let waiting: ((line: string | undefined) => void) | undefined;
  let isOver = false;
  lines.on('line', (line) => {
    if (!waiting) return void ahead.push(line);
    waiting(line);
    waiting = undefined;
  });
  lines.once('SIGINT', () => lines.close());
  lines.once('close', () => {
    isOver = true;
    waiting?.(undefined);
  });
  const ask: Ask = (prompt) => {
    lines.setPrompt(prompt);
    const known = ahead.shift();
    if (known !== undefined) output.write(`${prompt}${known}\n`);
    if (known !== undefined || isOver) return Promise.resolve(known);
    lines.prompt();
    return new Promise((resolve) => {
      waiting = resolve;
    });
  };
  try {
    await work(ask);
  } finally {
    lines.close();
  }
}
