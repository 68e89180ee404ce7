import { type Command, Option } from 'commander';
import { commitmentPolicies } from '../../simulator/envelope/commitment-policy.ts';
import {
  type DecryptCommand,
  type EncryptCommand,
  parseAccessKeyId,
  parseCount,
  parseEndpoint,
  parseSize,
} from '../envelope/options.ts';
import { collect, collectPair, formatOption, parseRegion } from '../options.ts';
import type { Terminal } from '../output/terminal.ts';

/** `kms-lens envelope encrypt | decrypt | inspect`. */
export function addEnvelope(program: Command, terminal: Terminal): void {
  const envelope = program
    .command('envelope')
    .description('encrypt and decrypt files in the message format of the AWS Encryption SDK, and look into messages');
  withKey(envelope.command('encrypt'), 'a file to encrypt')
    .description('encrypt a file under a new data key')
    .addOption(new Option('--frame-length <size>', 'bytes in a frame').argParser(parseSize).default(4096))
    .option('--sign', 'sign the message with a new ECDSA key: suite 0x0578')
    .action(async (input: string, options: EncryptCommand) => {
      const { encryptFile } = await import('../verbs/envelope.ts');
      process.exitCode = await encryptFile(input, options, terminal);
    });
  withKey(envelope.command('decrypt'), 'a message to decrypt')
    .description('decrypt a message; the output is there only if all of it is authentic')
    .addOption(
      new Option('--commitment-policy <policy>', 'whether messages without key commitment are read')
        .choices(commitmentPolicies)
        .default(commitmentPolicies[0]),
    )
    .addOption(
      new Option('--max-held <size>', 'bytes to hold back until they are authentic')
        .argParser(parseSize)
        .default(64 * 2 ** 20, '64MiB'),
    )
    .action(async (input: string, options: DecryptCommand) => {
      const { decryptFile } = await import('../verbs/envelope.ts');
      process.exitCode = await decryptFile(input, options, terminal);
    });
  envelope
    .command('inspect')
    .description('show what a message says of itself, which needs no key')
    .argument('<in>', 'a message, or - for standard input')
    .addOption(formatOption(['text', 'json']))
    .action(async (input: string, options: { readonly format: 'text' | 'json' }) => {
      const { inspectFile } = await import('../verbs/envelope.ts');
      process.exitCode = await inspectFile(input, options.format, terminal);
    });
}

function withKey(command: Command, what: string): Command {
  return command
    .argument('<in>', `${what}, or - for standard input`)
    .requiredOption('-o, --output <file>', 'where to write, or - for standard output')
    .option('--endpoint <url>', 'a running `kms-lens serve`, such as http://127.0.0.1:4599', parseEndpoint)
    .option('--state <folder>', 'durable simulated keys, as `kms-lens serve --state` keeps them')
    .option(
      '--key <name>',
      'a key of either: alias, id, ARN or, with --state, its name in the scenario; may be given several times',
      collect,
    )
    .option('--region <region>', 'where the key of --endpoint is (default: as its ARN says)', parseRegion)
    .option('--access-key-id <id>', 'who calls --endpoint, as its scenario declares it', parseAccessKeyId)
    .option('--secret-access-key-file <file>', 'holds the secret of that access key, and nothing else')
    .option('--scenario <file>', 'makes the keys of a new folder of --state')
    .option('--state-key <file>', 'the key that seals the folder; made where there is none')
    .option('--raw-aes-key <file>', 'an AES key of 16, 24 or 32 bytes; may be given several times', collect)
    .option('--key-namespace <text>', 'how messages name whoever manages the key', 'kms-lens')
    .option('--key-name <text>', "how messages name the key (default: the key's fingerprint)")
    .option('--encryption-context <name=value>', 'a pair of the encryption context; once for each', collectPair)
    .option('--max-encrypted-data-keys <count>', 'how many a message may have', parseCount)
    .option('--force', 'replace the output, if it is there')
    .addOption(formatOption(['text', 'json']));
}
