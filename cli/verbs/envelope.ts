import { describeInspection } from '../../server/answers/inspection.ts';
import { Counted } from '../../simulator/envelope/counted.ts';
import { decryptStream } from '../../simulator/envelope/decrypt.ts';
import { encryptStream } from '../../simulator/envelope/encrypt.ts';
import { EnvelopeError } from '../../simulator/envelope/errors.ts';
import type { MessageHeader } from '../../simulator/envelope/format/header.ts';
import { inspectFile as inspect } from '../../simulator/envelope/inspect.ts';
import type { Keyring } from '../../simulator/envelope/keyring.ts';
import { SUITE_COMMITTING, SUITE_COMMITTING_SIGNED } from '../../simulator/envelope/suites.ts';
import { systemRandom } from '../../simulator/kms/environment.ts';
import { RefusedCall } from '../envelope/endpoint-errors.ts';
import { keyringOf, type OneKeyring } from '../envelope/keyring.ts';
import type { DecryptCommand, EncryptCommand } from '../envelope/options.ts';
import { Progress } from '../envelope/progress.ts';
import { inspectionJson, printReport, type Report, reportJson } from '../envelope/report.ts';
import { CommandError, EXIT } from '../failure.ts';
import { openSource } from '../files/pieces.ts';
import { displayName } from '../files/read.ts';
import { openTarget, STANDARD_OUTPUT, standardOutput } from '../files/target.ts';
import type { Terminal } from '../output/terminal.ts';

type Pieces = AsyncIterable<Uint8Array>;

interface Parts {
  readonly pieces: Pieces;
  readonly keyring: Keyring;
  readonly onHeader: (header: MessageHeader) => void;
  readonly isAtomic: boolean;
}

/** Encrypts a file; the exit code. */
export function encryptFile(input: string, options: EncryptCommand, terminal: Terminal): Promise<number> {
  return transform('encrypt', input, options, terminal, ({ pieces, keyring, onHeader }) => {
    const { encryptionContext = {}, frameLength, sign, maxEncryptedDataKeys } = options;
    return encryptStream(pieces, {
      keyring,
      random: systemRandom,
      encryptionContext,
      frameLength,
      suite: sign ? SUITE_COMMITTING_SIGNED : SUITE_COMMITTING,
      ...(maxEncryptedDataKeys === undefined ? {} : { maximumDataKeys: maxEncryptedDataKeys }),
      onHeader,
    });
  });
}

/** Decrypts a file; the exit code. */
export function decryptFile(input: string, options: DecryptCommand, terminal: Terminal): Promise<number> {
  return transform('decrypt', input, options, terminal, ({ pieces, keyring, onHeader, isAtomic }) => {
    const { encryptionContext = {}, commitmentPolicy, maxHeld, maxEncryptedDataKeys } = options;
    return decryptStream(pieces, {
      keyring,
      encryptionContext,
      commitmentPolicy,
      // A file that comes to be at one stroke needs nothing held back.
      signed: isAtomic ? 'release' : 'hold',
      maximumHeld: maxHeld,
      ...(maxEncryptedDataKeys === undefined ? {} : { maximumDataKeys: maxEncryptedDataKeys }),
      onHeader,
    });
  });
}

/** Shows what a message says of itself; the exit code, which is 1 where it is no complete message. */
export async function inspectFile(input: string, format: 'text' | 'json', { out }: Terminal): Promise<number> {
  const { pieces } = await openSource(input);
  const inspected = await inspect(pieces);
  const name = displayName(input);
  if (format === 'json') out.line(JSON.stringify(inspectionJson(name, inspected), null, 2));
  else for (const line of describeInspection(name, inspected, out.colours)) out.line(line);
  return inspected.inspection.problem ? EXIT.findings : EXIT.fine;
}

async function transform(
  operation: Report['operation'],
  input: string,
  options: EncryptCommand | DecryptCommand,
  terminal: Terminal,
  start: (parts: Parts) => Pieces,
): Promise<number> {
  const { output, format } = options;
  if (output === STANDARD_OUTPUT && format === 'json')
    throw new CommandError('`--format json` needs a file as output: standard output has room for one of the two');
  const keys = await keyringOf(options);
  try {
    return await transformUnder(keys, operation, input, options, terminal, start);
  } finally {
    await keys.close();
  }
}

async function transformUnder(
  { keyring, warnings, notes }: OneKeyring,
  operation: Report['operation'],
  input: string,
  { output, format, force }: EncryptCommand | DecryptCommand,
  terminal: Terminal,
  start: (parts: Parts) => Pieces,
): Promise<number> {
  const toPipe = output === STANDARD_OUTPUT;
  for (const note of notes) terminal.error.line(`kms-lens: ${note}`);
  const began = performance.now();
  const source = await openSource(input);
  const target = toPipe
    ? standardOutput
    : await openTarget(output, { isSecret: operation === 'decrypt', replace: force === true, sourceId: source.id });
  const progress = new Progress(terminal.error, `${operation}ing ${displayName(input)}`, source.size);
  const taken = new Counted((bytes) => progress.show(bytes));
  const given = new Counted();
  let header: MessageHeader | undefined;
  try {
    const onHeader = (each: MessageHeader): void => {
      header = each;
    };
    const pieces = taken.through(source.pieces);
    const results = start({ pieces, keyring, onHeader, isAtomic: target.isAtomic });
    for await (const piece of given.through(results)) if (!(await target.write(piece))) return EXIT.fine;
    await target.commit();
  } catch (error) {
    await target.discard();
    const told = toldOf(error, operation);
    if (told === undefined) throw error;
    const text = `cannot ${operation} \`${displayName(input)}\`: ${told}`;
    // Anything can be encrypted, but not with any option.
    if (operation === 'encrypt') throw new CommandError(text);
    terminal.error.line(`kms-lens: ${text}`);
    return EXIT.findings;
  } finally {
    progress.end();
  }
  if (!header) throw new Error('there was no header');
  if (operation === 'encrypt') for (const each of warnings) terminal.error.line(`kms-lens: ${each}`);
  const report: Report = {
    operation,
    input: { file: displayName(input), ...taken.result() },
    output: { file: toPipe ? 'stdout' : displayName(output), ...given.result() },
    header,
    milliseconds: performance.now() - began,
  };
  if (format === 'json') terminal.out.line(JSON.stringify(reportJson(report), null, 2));
  else printReport(report, toPipe ? terminal.error : terminal.out);
  return EXIT.fine;
}

/** What people are told of an error; undefined for a mistake of ours, and for wrong usage. */
function toldOf(error: unknown, operation: Report['operation']): string | undefined {
  if (error instanceof RefusedCall) return `${error.message}; ${error.remedy}`;
  if (!(error instanceof EnvelopeError)) return undefined;
  return `${error.message}; ${error.code === 'limit' && operation === 'decrypt' ? LIMITS : error.remedy}`;
}

const LIMITS =
  'raise `--max-held` or `--max-encrypted-data-keys`; a signed message that goes into a file needs nothing held back';
