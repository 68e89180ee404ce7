import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { addCheck } from './commands/check.ts';
import { addEnvelope } from './commands/envelope.ts';
import { addExplain } from './commands/explain.ts';
import { addLsp } from './commands/lsp.ts';
import { addPractice } from './commands/practice.ts';
import { addQuota } from './commands/quota.ts';
import { addServe } from './commands/serve.ts';
import { addSimulate } from './commands/simulate.ts';
import { addTest } from './commands/test.ts';
import { CommandError, EXIT } from './failure.ts';
import { processTerminal } from './output/terminal.ts';

const terminal = processTerminal();

const version = readVersion();
const program = new Command('kms-lens')
  .description('Check, simulate and understand AWS KMS key policies, IAM policies and grants, offline.')
  .version(version, '-v, --version', 'show the version')
  .helpOption('-h, --help', 'show this help')
  .usage('<verb> [options]')
  .helpCommand('help [verb]', 'show the help of a verb')
  .configureHelp({ showGlobalOptions: false })
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, 'kms-lens: ')) })
  .showHelpAfterError('(`kms-lens help` lists the verbs and options)')
  .exitOverride();

addCheck(program, terminal, version);
addSimulate(program, terminal);
addTest(program, terminal);
addQuota(program, terminal);
addEnvelope(program, terminal);
addServe(program, terminal);
addExplain(program, terminal);
addPractice(program, terminal);
addLsp(program);

program.parseAsync().catch((error: unknown) => {
  process.exitCode = exitCodeOf(error);
});

function exitCodeOf(error: unknown): number {
  // Commander has written its own words already, to ask for help or the version is no error.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  if (error instanceof CommandError) terminal.error.line(`kms-lens: ${error.message}`);
  else terminal.error.line(`kms-lens: internal error: ${error instanceof Error ? error.stack : String(error)}`);
  return EXIT.usage;
}

/** package.json lies beside `dist/` in every installation. */
function readVersion(): string {
  const { version } = JSON.parse(readFileSync(join(__dirname, '../package.json'), 'utf8'));
  return String(version);
}
