import type { Command } from 'commander';
import { Option } from 'commander';
import { documentKinds } from '../../server/documents/kinds.ts';
import { formatOption } from '../options.ts';
import { checkFormats } from '../output/check-formats.ts';
import type { Terminal } from '../output/terminal.ts';
import type { CheckOptions } from '../verbs/check.ts';

/** `kms-lens check [PATH…]`. */
export function addCheck(program: Command, terminal: Terminal, version: string): void {
  program
    .command('check')
    .description('report what is wrong with policies, and mend what can be mended safely')
    .argument('[path...]', 'files, folders, or - for standard input', ['.'])
    .addOption(formatOption(checkFormats))
    .addOption(
      new Option('--fail-on <severity>', 'the least severity that makes the exit code 1')
        .choices(['error', 'warning', 'information'])
        .default('warning'),
    )
    .option('--fix', 'apply the safe fixes; with -, write the mended text to standard output')
    .addOption(new Option('--as <kind>', 'what the named files and standard input are').choices(documentKinds))
    .action(async (paths: readonly string[], options: Omit<CheckOptions, 'version'>) => {
      const { CheckRun } = await import('../verbs/check.ts');
      process.exitCode = await new CheckRun(terminal, { ...options, version }).run(paths);
    });
}
