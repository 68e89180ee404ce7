import type { Command } from 'commander';
import { Option } from 'commander';
import { formatOption, parsePercent } from '../options.ts';
import type { Terminal } from '../output/terminal.ts';
import { coverageFormats, type TestOptions, testFormats } from '../test/options.ts';

/** `kms-lens test [PATH…]`. */
export function addTest(program: Command, terminal: Terminal): void {
  program
    .command('test')
    .description('run what-if scenarios, and say which steps went otherwise than expected')
    .argument('[path...]', 'scenario files, or folders that are searched for them', ['.'])
    .addOption(formatOption(testFormats))
    .option('--filter <text>', 'take only the steps whose name, or whose file, contains this, in whatever case')
    .option('--watch', 'go on, and run again what a change of a scenario, policy or .kms-lens.json touches')
    .option('--root <folder>', 'the folder that no path in a scenario may lead out of (default: the current one)')
    .option('--trail <file>', 'write what CloudTrail would have recorded of the calls, as JSON; - is standard output')
    .option('--coverage', 'tell which statements of the policies some step exercised')
    .addOption(new Option('--coverage-format <format>', 'how to write that (default: text)').choices(coverageFormats))
    .option('--coverage-output <file>', 'write it into a file; lcov and json always go into one')
    .option('--coverage-threshold <percent>', 'exit code 1 where fewer of the statements are covered', parsePercent)
    .action(async (paths: readonly string[], options: TestOptions) => {
      const { TestRun } = await import('../verbs/test.ts');
      process.exitCode = await new TestRun(terminal, options, paths).run();
    });
}
