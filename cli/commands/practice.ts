import { type Command, InvalidArgumentError, Option } from 'commander';
import { formatOption } from '../options.ts';
import type { Terminal } from '../output/terminal.ts';
import { levels } from '../practice/select.ts';
import type { PracticeOptions } from '../verbs/practice.ts';

/** `kms-lens practice`. */
export function addPractice(program: Command, terminal: Terminal): void {
  program
    .command('practice')
    .description('ask questions as exams on AWS KMS do, one by one, with the reason for every option')
    .option('--section <number>', 'only those of a section, 1 to 6', parseCount)
    .addOption(new Option('--level <level>', 'only those of a level').choices(levels))
    .option('--topic <id>', 'only those about a topic, such as envelope-encryption')
    .option('--count <number>', 'so many of them, by chance', parseCount)
    .option('--list', 'list them instead')
    .option('--show <question>', 'run the proof of a question instead, named by its id')
    .addOption(formatOption(['text', 'json']))
    .action(async (options: PracticeOptions) => {
      const { practice } = await import('../verbs/practice.ts');
      process.exitCode = await practice(options, terminal);
    });
}

function parseCount(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('It has to be a number from 1 on.');
  return Number(text);
}
