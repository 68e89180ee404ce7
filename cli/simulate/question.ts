import type { Question } from '../../server/answers/ask.ts';
import type { Destination } from '../../server/answers/ask-reencrypt.ts';
import { type ConfiguredWorld, type WantedParts, worldOfConfig } from '../../server/answers/configured.ts';
import type { Config } from '../../server/config/config.ts';
import { ConfigError } from '../../server/config/listed-policies.ts';
import { CommandError } from '../failure.ts';
import { CliConfigs } from '../files/config.ts';
import { STANDARD_INPUT, uriOf } from '../files/read.ts';
import { readGrantFiles } from './grants.ts';
import type { SimulateOptions } from './options.ts';
import { statedLevels } from './organization.ts';
import type { PolicyFiles } from './policies.ts';

export interface AskedQuestion {
  readonly question: Question;
  /** Of ReEncrypt alone. */
  readonly destination: Destination | undefined;
}

/**
 * Reads everything that the options and the configuration name. What neither names does not exist, but for the key
 * policy: every key has one.
 *
 * @throws {CommandError} naming the option or file, the place, what is wrong and what to do
 */
export async function readQuestion(options: SimulateOptions, files: PolicyFiles): Promise<AskedQuestion> {
  const isReEncrypt = /^(kms:)?ReEncrypt$/i.test(options.action);
  checkDestination(options, isReEncrypt);
  // The configuration is that of the key policy, else of the caller's first file, else of the current folder.
  const configuring = options.keyPolicy ?? options.identityPolicy?.[0] ?? STANDARD_INPUT;
  const config = await readConfiguration(configuring);
  const keyPolicy =
    options.keyPolicy === undefined ? undefined : await files.policy('--key-policy', options.keyPolicy, 'key-policy');
  const callerSide = await readCallerSide(options, config, files);
  if (keyPolicy === undefined && callerSide.identityPolicies === undefined && !options.grant)
    throw new CommandError('there is nothing to decide with: give `--key-policy`, `--identity-policy` or both');
  const grants = await readGrantFiles(files, options.grant, { key: options.key, toKey: options.toKey });
  const question: Question = {
    ...callerSide,
    request: requestOf(options),
    keyPolicy,
    identityPolicies: callerSide.identityPolicies ?? [],
    ...(options.vpcePolicy === undefined
      ? {}
      : { vpcEndpointPolicy: await files.policy('--vpce-policy', options.vpcePolicy, 'vpce-policy') }),
    grants: grants.source,
    defaults: {
      account: config.factsOf(uriOf(configuring)).account ?? '',
      region: options.region ?? config.region ?? 'us-east-1',
    },
    now: Date.now(),
    ...(options.input ? { input: options.input } : {}),
  };
  if (!isReEncrypt) return { question, destination: undefined };
  const context = pairsOf(options.input?.['DestinationEncryptionContext']);
  const destination: Destination = {
    ...(options.toKey === undefined ? {} : { key: options.toKey }),
    keyPolicy:
      options.toKeyPolicy === undefined
        ? undefined
        : await files.policy('--to-key-policy', options.toKeyPolicy, 'key-policy'),
    grants: grants.destination,
    ...(context ? { encryptionContext: context } : {}),
  };
  return { question, destination };
}

function checkDestination({ toKey, toKeyPolicy, action }: SimulateOptions, isReEncrypt: boolean): void {
  const hasDestination = toKey !== undefined || toKeyPolicy !== undefined;
  if (isReEncrypt && !hasDestination)
    throw new CommandError(
      '`--action`: `ReEncrypt` works on two keys: give the destination with `--to-key` and `--to-key-policy`, or ask about ' +
        '`kms:ReEncryptFrom` on the source key or `kms:ReEncryptTo` on the destination key alone',
    );
  if (!isReEncrypt && hasDestination)
    throw new CommandError(
      `\`${toKey === undefined ? '--to-key-policy' : '--to-key'}\`: \`${action}\` works on one key; write \`--action kms:ReEncrypt\`, or leave it out`,
    );
}

async function readConfiguration(path: string): Promise<Config> {
  const configs = new CliConfigs();
  const config = await configs.of(path);
  const mistakes = configs.newMistakes(config);
  if (mistakes.length > 0) throw new CommandError(mistakes.join('\nkms-lens: '));
  return config;
}

type CallerSide = ConfiguredWorld['question'];

/** The policies of the caller and over its account: as the options state them, else as the configuration lists them. */
async function readCallerSide(options: SimulateOptions, config: Config, files: PolicyFiles): Promise<CallerSide> {
  const { identityPolicy, permissionsBoundary, sessionPolicy, scp, rcp } = options;
  const wanted: WantedParts = {
    principal: identityPolicy === undefined && permissionsBoundary === undefined && sessionPolicy === undefined,
    organization: scp === undefined && rcp === undefined,
  };
  const { question } = await worldOfConfig(config, options.principal, files.configured, wanted).catch((error) => {
    throw error instanceof ConfigError ? new CommandError(error.message) : error;
  });
  const levels = statedLevels(
    await files.policies('--scp', scp, 'scp'),
    await files.policies('--rcp', rcp, 'rcp'),
    files.nameOf,
  );
  const stated = levels.taken.map((text) => ({ id: 'levels', text }));
  return {
    ...question,
    ...(wanted.organization ? {} : { organization: levels.organization }),
    taken: [...(question.taken ?? []), ...stated],
    ...(identityPolicy
      ? { identityPolicies: await files.policies('--identity-policy', identityPolicy, 'iam-policy') }
      : {}),
    ...(permissionsBoundary === undefined
      ? {}
      : { permissionsBoundary: await files.policy('--permissions-boundary', permissionsBoundary, 'iam-policy') }),
    ...(sessionPolicy
      ? { sessionPolicies: await files.policies('--session-policy', sessionPolicy, 'iam-policy') }
      : {}),
  };
}

function requestOf(options: SimulateOptions): Question['request'] {
  const { principal, action, key, keyAccount, region, via, context, input } = options;
  const encryptionContext =
    options.encryptionContext ?? pairsOf(input?.['EncryptionContext']) ?? pairsOf(input?.['SourceEncryptionContext']);
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

/** An encryption context among the request parameters. */
function pairsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const pairs = Object.entries(value).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, text] as const] : [],
  );
  return Object.fromEntries(pairs);
}
