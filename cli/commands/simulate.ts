import type { Command } from 'commander';
import { Option } from 'commander';
import {
  collect,
  collectPair,
  collectValues,
  formatOption,
  parseConditionKeys,
  parseObject,
  parseRegion,
  parseService,
} from '../options.ts';
import type { Terminal } from '../output/terminal.ts';
import type { SimulateOptions } from '../simulate/options.ts';

/** `kms-lens simulate`. */
export function addSimulate(program: Command, terminal: Terminal): void {
  program
    .command('simulate')
    .description('decide whether a principal may do something with a key, and say why')
    .requiredOption(
      '--principal <arn>',
      'who calls: the ARN of a user, role, session or root user, `root`, or `service:NAME`',
    )
    .requiredOption('--action <action>', 'what is called, such as kms:Decrypt')
    .option('--key-policy <file>', "the key's policy")
    .option('--identity-policy <file>', 'a policy of the caller; may be given several times', collect)
    .option('--permissions-boundary <file>', "the caller's permissions boundary")
    .option('--session-policy <file>', 'a policy passed when the session was made; again for each', collect)
    .option('--scp <file>', "a service control policy over the caller's account, a level each", collect)
    .option('--rcp <file>', "a resource control policy over the key's account, a level each", collect)
    .option('--vpce-policy <file>', 'the policy of the VPC endpoint that the call comes through')
    .option('--grant <file>', 'grants: CreateGrant input or ListGrants output; again for each file', collect)
    .addOption(new Option('--key <arn>', 'the key').conflicts('keyAccount'))
    .option('--key-account <id>', 'the account that owns the key, where the policy does not tell')
    .option('--to-key <arn>', 'the destination key of kms:ReEncrypt')
    .option('--to-key-policy <file>', "the destination key's policy")
    .option('--region <region>', 'the Region of the call', parseRegion)
    .option('--encryption-context <name=value>', 'a pair of the encryption context; once for each', collectPair)
    .option('--via <service>', 'the AWS service that forwards the call, such as s3', parseService)
    .option('--context <key=value>', 'a condition key; again for further values', parseConditionKeys(collectValues))
    .option('--input <json>', 'the request parameters, complete', parseObject)
    .addOption(
      new Option('--expect <verdict>', 'exit with 1 unless this is the verdict').choices([
        'allowed',
        'denied',
        'depends',
      ]),
    )
    .addOption(formatOption(['text', 'json']))
    .action(async (options: SimulateOptions) => {
      const { simulate } = await import('../verbs/simulate.ts');
      process.exitCode = await simulate(options, terminal);
    });
}
