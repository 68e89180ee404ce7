import { type Command, Option } from 'commander';
import { formatOption } from '../options.ts';
import type { Terminal } from '../output/terminal.ts';
import { parseAccount, parsePort, type ServeOptions } from '../serve/options.ts';

/** `kms-lens serve`. */
export function addServe(program: Command, terminal: Terminal): void {
  program
    .command('serve')
    .description('a local KMS that authorizes, for the AWS SDKs and the AWS CLI, on this machine alone')
    .option('--scenario <file>', 'start with the keys, principals, grants and policies of a scenario')
    .option('--account <id>', 'the account of an empty world (default: "111122223333")', parseAccount)
    .option('--state <folder>', 'keep the world in a folder, and go on with it (default: in memory)')
    .option('--state-key <file>', 'the key that seals the folder; made where there is none')
    .addOption(new Option('--port <port>', '0 is any that is free').argParser(parsePort).default(4599))
    .addOption(new Option('--host <address>', 'where to listen').choices(['127.0.0.1', '::1']).default('127.0.0.1'))
    .addOption(
      new Option('--clock <start>', 'start at the real time, or at that of the scenario')
        .choices(['real', 'scenario'])
        .default('real'),
    )
    .option('--strict', 'refuse access keys that the scenario does not declare (default: where it declares some)')
    .option('--no-strict', 'let them act as the root user of the default account')
    .option('--allow-unsigned', 'answer requests without a signature, too')
    .option('--root <folder>', 'the folder that no path in the scenario may lead out of (default: the current one)')
    .addOption(formatOption(['text', 'json']))
    .action(async (options: ServeOptions) => {
      const { serve } = await import('../verbs/serve.ts');
      process.exitCode = await serve(options, terminal);
    });
}
