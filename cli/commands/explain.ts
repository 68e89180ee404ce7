import type { Command } from 'commander';
import { defaultSettings } from '../../server/settings.ts';
import { formatOption } from '../options.ts';
import type { Terminal } from '../output/terminal.ts';
import type { ExplainOptions } from '../verbs/explain.ts';

/** `kms-lens explain`. */
export function addExplain(program: Command, terminal: Terminal): void {
  program
    .command('explain')
    .description('tell what a rule, action, condition key, operator, element or exam topic is')
    .argument('<name>', 'such as action-unknown, kms:Decrypt, kms:ViaService, StringLike or Principal')
    .option('--region <region>', 'the Region of request quotas', defaultSettings.region)
    .addOption(formatOption(['text', 'json']))
    .action(async (name: string, options: ExplainOptions) => {
      const { explain } = await import('../verbs/explain.ts');
      process.exitCode = await explain(name, options, terminal);
    });
}
