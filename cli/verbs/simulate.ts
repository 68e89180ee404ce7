import type { Command } from 'commander';
import { Option } from 'commander';
import { ask, isAnswer, type Misunderstanding } from '../../server/answers/ask.ts';
import { askReEncrypt } from '../../server/answers/ask-reencrypt.ts';
import { CommandError, EXIT } from '../failure.ts';
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
import { PolicyFiles } from '../simulate/policies.ts';
import { printAnswer, simulateJson } from '../simulate/print.ts';
import { readQuestion } from '../simulate/question.ts';

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
      process.exitCode = await simulate(options, terminal);
    });
}

async function simulate(options: SimulateOptions, terminal: Terminal): Promise<number> {
  const files = new PolicyFiles();
  const { question, destination } = await readQuestion(options, files);
  const result = destination ? askReEncrypt(question, destination) : ask(question);
  if ('problem' in result) throw misunderstood(result, options);
  if (options.format === 'json') terminal.out.line(JSON.stringify(simulateJson(result, files), null, 2));
  else printAnswer(result, files, terminal.out);
  const verdict = isAnswer(result) ? result.decision.verdict : result.verdict;
  if (options.expect === undefined || options.expect === verdict) return EXIT.fine;
  terminal.error.line(`kms-lens: expected ${options.expect}, but the verdict is ${verdict}`);
  return EXIT.findings;
}

function misunderstood({ about, problem }: Misunderstanding, options: SimulateOptions): CommandError {
  if (about === 'key-account' && options.keyAccount === undefined)
    return new CommandError(`${problem} with \`--key-account\` or \`--key\``);
  return new CommandError(`\`--${about}\`: ${problem}`);
}
