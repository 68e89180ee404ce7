import { join } from 'node:path';
import type { Command } from 'commander';

/** `kms-lens lsp --stdio`. */
export function addLsp(program: Command): void {
  program
    .command('lsp')
    .description('the language server, for any editor')
    .requiredOption('--stdio', 'speak the Language Server Protocol over standard input and output')
    .option('--clientProcessId <pid>', 'end when this process ends; editors add it by themselves')
    .action(() => {
      // The server reads the options itself. It is a bundle of its own, which the extension starts without this one.
      require(join(__dirname, 'server.js'));
    });
}
