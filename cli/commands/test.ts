import type { Command } from 'commander';
import { formatOption } from '../options.ts';
import type { Terminal } from '../output/terminal.ts';
import type { TestOptions } from '../verbs/test.ts';

/** `kms-lens test [PATH…]`. */
export function addTest(program: Command, terminal: Terminal): void {
  program
    .command('test')
    .description('run what-if scenarios, and say which steps went otherwise than expected')
    .argument('[path...]', 'scenario files, or folders that are searched for them', ['.'])
    .addOption(formatOption(['text', 'json']))
    .option('--filter <text>', 'take only the steps whose name, or whose file, contains this')
    .action(async (paths: readonly string[], options: TestOptions) => {
      const { TestRun } = await import('../verbs/test.ts');
      process.exitCode = await new TestRun(terminal, options).run(paths);
    });
}
