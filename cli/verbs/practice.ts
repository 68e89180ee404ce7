import { createInterface } from 'node:readline/promises';
import { loadPractice } from '../../server/knowledge/index.ts';
import type { Question } from '../../server/knowledge/question.ts';
import { CommandError, EXIT } from '../failure.ts';
import type { Terminal } from '../output/terminal.ts';
import { type Selection, select, shuffled } from '../practice/select.ts';
import { type Ask, practise } from '../practice/session.ts';

export interface PracticeOptions extends Selection {
  readonly count?: number;
  readonly list?: boolean;
  readonly format: 'text' | 'json';
}

/** Asks practice questions, or lists them; the exit code. */
export async function practice(options: PracticeOptions, terminal: Terminal): Promise<number> {
  const bank = await loadPractice();
  const found = select(bank, options);
  const { out } = terminal;
  if (options.format === 'json') {
    out.line(JSON.stringify({ version: 1, questions: found.slice(0, options.count) }, null, 2));
  } else if (options.list) {
    for (const question of found.slice(0, options.count)) out.line(lineOf(question));
  } else {
    if (!out.isTerminal || process.stdin.isTTY !== true)
      throw new CommandError(
        'questions are asked on a terminal only: give `--list` for their titles, or `--format json` for all of them with their answers',
      );
    const asked = options.count === undefined ? found : shuffled(found).slice(0, options.count);
    await onTerminal((ask) => practise(asked, bank, out, ask));
  }
  return EXIT.fine;
}

const lineOf = ({ id, section, level, title }: Question): string =>
  `${section}  ${level.padEnd(6)}  ${id.padEnd(32)}  ${title}`;

/** Ctrl+C and Ctrl+D end the input. */
async function onTerminal(work: (ask: Ask) => Promise<void>): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<undefined>((resolve) => lines.once('close', () => resolve(undefined)));
  lines.once('SIGINT', () => lines.close());
  try {
    await work((prompt) => Promise.race([lines.question(prompt), ended]));
  } finally {
    lines.close();
  }
}
