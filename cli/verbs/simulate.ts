import type { Command } from 'commander';
import { Option } from 'commander';
import { type Answer, ask, isAnswer, type Misunderstanding } from '../../server/answers/ask.ts';
import { decisionJson } from '../../server/answers/decision-json.ts';
import { explain } from '../../server/answers/explanation.ts';
import type { SourceDocument } from '../../server/documents/source.ts';
import type { Verdict } from '../../server/protocol.ts';
import { CommandError, EXIT } from '../failure.ts';
import { displayName, readDocument } from '../files/read.ts';
import { collect, collectPair, collectValues, formatOption, parseObject } from '../options.ts';
import type { Terminal } from '../output/terminal.ts';

interface SimulateOptions {
  readonly format: 'text' | 'json';
  readonly principal: string;
  readonly action: string;
  readonly keyPolicy?: string;
  readonly identityPolicy?: readonly string[];
  readonly key?: string;
  readonly keyAccount?: string;
  readonly region?: string;
  readonly encryptionContext?: Readonly<Record<string, string>>;
  readonly context?: Readonly<Record<string, readonly string[]>>;
  readonly via?: string;
  readonly input?: Readonly<Record<string, unknown>>;
  readonly expect?: Verdict;
}

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
    .addOption(new Option('--key <arn>', 'the key').conflicts('keyAccount'))
    .option('--key-account <id>', 'the account that owns the key, where the policy does not tell')
    .option('--region <region>', 'the Region of the call')
    .option('--encryption-context <name=value>', 'a pair of the encryption context; once for each', collectPair)
    .option('--via <service>', 'the AWS service that forwards the call, such as s3')
    .option('--context <key=value>', 'a condition key; again for further values', collectValues)
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
  const { keyPolicy: keyPolicyFile, identityPolicy: identityFiles = [], region, format } = options;
  if (keyPolicyFile === undefined && identityFiles.length === 0)
    throw new CommandError('there is nothing to decide with: give `--key-policy`, `--identity-policy` or both');
  const files = new Map<string, { name: string; document: SourceDocument }>();
  const policy = async (file: string, kind: 'key-policy' | 'iam-policy'): Promise<SourceDocument> => {
    const document = await readPolicy(file, kind);
    files.set(document.uri, { name: displayName(file), document });
    return document;
  };
  const keyPolicy = keyPolicyFile === undefined ? undefined : await policy(keyPolicyFile, 'key-policy');
  const identityPolicies: SourceDocument[] = [];
  for (const file of identityFiles) identityPolicies.push(await policy(file, 'iam-policy'));
  const result = ask({
    request: requestOf(options),
    keyPolicy,
    identityPolicies,
    defaults: { account: '', region: region ?? 'us-east-1' },
    now: Date.now(),
    ...(options.input ? { input: options.input } : {}),
  });
  if (!isAnswer(result)) throw misunderstood(result, options);
  const nameOf = (uri: string): string => files.get(uri)?.name ?? uri;
  if (format === 'json') terminal.out.line(JSON.stringify(decisionJson(result, nameOf), null, 2));
  else printText(result, { get: (uri) => files.get(uri)?.document, nameOf }, terminal);
  const { verdict } = result.decision;
  if (options.expect === undefined || options.expect === verdict) return EXIT.fine;
  terminal.error.line(`kms-lens: expected ${options.expect}, but the verdict is ${verdict}`);
  return EXIT.findings;
}

function requestOf(options: SimulateOptions): Parameters<typeof ask>[0]['request'] {
  const { principal, action, key, keyAccount, region, encryptionContext, via, context } = options;
  return {
    principal,
    action,
    ...(key === undefined ? {} : { key }),
    ...(keyAccount === undefined ? {} : { keyAccount }),
    ...(region === undefined ? {} : { region }),
    ...(encryptionContext ? { encryptionContext } : {}),
    ...(via === undefined ? {} : { via }),
    ...(context ? { context: Object.fromEntries(Object.entries(context).map(oneOrMany)) } : {}),
  };
}

/** A key with one value is single-valued. */
function oneOrMany([key, values]: [string, readonly string[]]): [string, string | readonly string[]] {
  const [only, ...others] = values;
  return [key, only !== undefined && others.length === 0 ? only : values];
}

async function readPolicy(file: string, kind: 'key-policy' | 'iam-policy'): Promise<SourceDocument> {
  const document = await readDocument(file, kind);
  const name = displayName(file);
  if (!document.policy) throw new CommandError(`\`${name}\` holds no JSON value: give a policy`);
  const [problem] = document.policy.parsed.problems;
  if (problem)
    throw new CommandError(
      `\`${name}\` is no proper JSON, so AWS would take it for no policy: \`kms-lens check ${name}\` says where and why`,
    );
  if (document.policy.policy.statements.length === 0)
    throw new CommandError(`\`${name}\` has no statements: give a policy with a \`Statement\``);
  return document;
}

function misunderstood({ about, problem }: Misunderstanding, options: SimulateOptions): CommandError {
  if (about === 'key-account' && options.keyAccount === undefined)
    return new CommandError(`${problem} with \`--key-account\` or \`--key\``);
  return new CommandError(`\`--${about}\`: ${problem}`);
}

function printText(answer: Answer, documents: Parameters<typeof explain>[1], terminal: Terminal): void {
  const { colours } = terminal.out;
  const [title = '', ...lines] = explain(answer, documents).text.trimEnd().split('\n');
  const paint = { allowed: colours.green, denied: colours.red, depends: colours.yellow }[answer.decision.verdict];
  terminal.out.line(colours.bold(paint(title)));
  for (const line of lines) terminal.out.line(line);
}
