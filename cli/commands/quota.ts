import { type Command, Option } from 'commander';
import { defaultSettings } from '../../server/settings.ts';
import { dataKeyPairSpecs, keySpecNames } from '../../simulator/facts/key-specs.ts';
import { formatOption, parseRegion } from '../options.ts';
import type { Terminal } from '../output/terminal.ts';
import {
  collectQuota,
  collectRate,
  keyStores,
  parseCaching,
  parseSeconds,
  type QuotaOptions,
} from '../quota/options.ts';

/** `kms-lens quota`. */
export function addQuota(program: Command, terminal: Terminal): void {
  program
    .command('quota')
    .description('tell whether a load fits the request quotas of AWS KMS, and what would make it fit')
    .requiredOption(
      '--operation <name=count/unit>',
      'what is called how often, such as Decrypt=12000/s or s3:GetObject=600000/min; again for each',
      collectRate,
    )
    .option('--region <region>', 'the Region whose quotas count', parseRegion, defaultSettings.region)
    .addOption(
      new Option('--for <duration>', 'how long it lasts, such as PT1M').argParser(parseSeconds).default(10, 'PT10S'),
    )
    .addOption(
      new Option('--key-spec <spec>', 'the spec of the key (default: a symmetric or HMAC key)').choices(keySpecNames),
    )
    .addOption(
      new Option('--key-pair-spec <spec>', 'the spec of the pairs of GenerateDataKeyPair').choices(dataKeyPairSpecs),
    )
    .addOption(
      new Option('--key-store <kind>', 'the custom key store that the key is in').choices(Object.keys(keyStores)),
    )
    .option('--bucket-keys', 'requests to S3 use an S3 Bucket Key')
    .option(
      '--caching <limits>',
      'data key caching of the AWS Encryption SDK: age=PT5M, and with commas messages=, bytes=, message-bytes= and hosts=',
      parseCaching,
    )
    .option(
      '--quota <name=count>',
      'a quota other than the default, such as 50000 or CreateKey=10; again for each',
      collectQuota,
    )
    .addOption(new Option('--expect <answer>', 'exit with 1 unless this is the answer').choices(['fits', 'throttled']))
    .addOption(formatOption(['text', 'json']))
    .action(async (options: QuotaOptions) => {
      const { quota } = await import('../verbs/quota.ts');
      process.exitCode = quota(options, terminal);
    });
}
