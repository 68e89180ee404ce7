import { loadPractice } from '../../server/knowledge/index.ts';
import type { Question } from '../../server/knowledge/question.ts';
import { nearest } from '../../simulator/text/nearest.ts';
import { CommandError, EXIT } from '../failure.ts';
import type { Terminal } from '../output/terminal.ts';
import { askingOn } from '../practice/ask.ts';
import { showProof } from '../practice/proof.ts';
import { type Selection, select, shuffled } from '../practice/select.ts';
import { practise } from '../practice/session.ts';

export interface PracticeOptions extends Selection {
  readonly count?: number;
  readonly list?: boolean;
  /** The id of a question whose proof is wanted, and nothing else. */
  readonly show?: string;
  readonly format: 'text' | 'json';
}

/** Asks practice questions, or lists them; the exit code. */
export async function practice(options: PracticeOptions, terminal: Terminal): Promise<number> {
  const bank = await loadPractice();
  const { out } = terminal;
  if (options.show !== undefined) {
    await showProof(questionOf(bank.questions, options.show), out);
    return EXIT.fine;
  }
  const found = select(bank, options);
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
    const { stdin: input, stdout: output } = process;
    await askingOn({ input, output }, (ask) => practise(asked, bank, out, ask, showProof));
  }
  return EXIT.fine;
}

/** @throws {CommandError} where there is none */
function questionOf(questions: readonly Question[], wanted: string): Question {
  const found = questions.find(({ id }) => id === wanted);
  if (found) return found;
  const close = nearest(
    wanted,
    questions.map(({ id }) => id),
  );
  const next = close ? `did you mean \`${close}\`?` : '`--list` has the ids of all of them';
  throw new CommandError(`there is no question \`${wanted}\`: ${next}`);
}

const lineOf = ({ id, section, level, title }: Question): string =>
  `${section}  ${level.padEnd(6)}  ${id.padEnd(32)}  ${title}`;
