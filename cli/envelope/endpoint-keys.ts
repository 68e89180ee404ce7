import { plainText } from '../../server/answers/inspection.ts';
import type { WireAnswer, WireCredentials } from '../../simulator/endpoint/client.ts';
import { type AskKms, askingKeyring } from '../../simulator/envelope/keyrings/kms.ts';
import { CommandError } from '../failure.ts';
import { readText, reasonOf } from '../files/read.ts';
import { type Asked, objectFrom, refusalOf } from './endpoint-errors.ts';
import type { Keys } from './keyring.ts';
import type { DecryptCommand, EncryptCommand, Endpoint } from './options.ts';

/** For who gives none: a KMS that is not strict takes it for the root user's. */
const PLACEHOLDER = { accessKeyId: 'AKIAKMSLENSENVELOPE', secretAccessKey: 'kms-lens-placeholder' };

/** The keys of `--endpoint`. @throws {CommandError} for options that do not go together */
export async function endpointKeys(options: EncryptCommand | DecryptCommand): Promise<Keys> {
  const { endpoint, key: names = [], region } = options;
  if (!endpoint) {
    const stray = STRAY.find((name) => options[name] !== undefined);
    if (stray) throw new CommandError(`\`--${kebab(stray)}\` goes with \`--endpoint URL\``);
    return { keyrings: [] };
  }
  const encrypts = 'frameLength' in options;
  if (encrypts && names.length === 0)
    throw new CommandError('name the key to encrypt under with `--key NAME`: an id, an ARN or an alias');
  const placeless = names.find((name) => encrypts && region === undefined && regionOf(name) === undefined);
  if (placeless !== undefined)
    throw new CommandError(`say with \`--region REGION\` where \`${placeless}\` is, or name it by its ARN`);
  const credentials = await credentialsOf(options);
  const keyring = (name: string | undefined) => askingKeyring(name, asker({ endpoint, region, credentials, name }));
  return {
    // Without a name, whichever keys the message names may decrypt it.
    keyrings: names.length === 0 ? [keyring(undefined)] : names.map(keyring),
    warning: `nobody but \`kms-lens serve\` on ${endpoint.url} has the key: where that loses it, the data is lost; simulated keys protect nothing`,
  };
}

const STRAY = ['region', 'accessKeyId', 'secretAccessKeyFile'] as const;

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** The Region that an ARN names. */
const regionOf = (name = ''): string | undefined => /^arn:[^:]+:kms:([a-z0-9-]+):/.exec(name)?.[1];

async function credentialsOf(options: EncryptCommand | DecryptCommand): Promise<WireCredentials> {
  const { accessKeyId = PLACEHOLDER.accessKeyId, secretAccessKeyFile: file } = options;
  if (file === undefined) return { ...PLACEHOLDER, accessKeyId };
  if (options.accessKeyId === undefined)
    throw new CommandError('`--secret-access-key-file` goes with `--access-key-id ID`, which says whose secret it is');
  const secretAccessKey = (await readText(file)).trim();
  if (/^\S{1,256}$/.test(secretAccessKey)) return { accessKeyId, secretAccessKey };
  throw new CommandError(`\`${file}\` is no secret: it holds the secret access key in one line, and nothing else`);
}

interface Asking {
  readonly endpoint: Endpoint;
  readonly region: string | undefined;
  readonly credentials: WireCredentials;
  readonly name: string | undefined;
}

function asker({ endpoint, region: stated, credentials, name }: Asking): AskKms {
  let failed: CommandError | undefined;
  return async (operation, input, keyArn) => {
    // A message may have many data keys, and none of them needs a second wait.
    if (failed) throw failed;
    const key = name ?? keyArn ?? '';
    const region = stated ?? regionOf(name) ?? regionOf(keyArn);
    if (region === undefined) throw new CommandError(`say with \`--region REGION\` where \`${key}\` is`);
    // A bundle of its own: it alone can open a connection.
    const { callOverWire } = await import('../../simulator/endpoint/client.ts');
    const sent = callOverWire({ to: endpoint, operation, input, region, credentials });
    const answer = await sent.catch((error: unknown) => {
      failed = unanswered(error, endpoint);
      throw failed;
    });
    return outputFrom(answer, { endpoint, operation, key, region });
  };
}

/** What KMS answers, its bytes as bytes. */
function outputFrom<Output>(answer: WireAnswer, asked: Asked): Output {
  const refusal = refusalOf(answer, asked);
  if (refusal) throw refusal;
  const { KeyId, ...more } = objectFrom(answer.body) ?? {};
  const found = ['Plaintext', 'CiphertextBlob'].filter((name) => typeof more[name] === 'string');
  const wanted = asked.operation === 'GenerateDataKey' ? 2 : 1;
  if (answer.status !== 200 || !isPlain(KeyId) || found.length < wanted) throw noKms(asked.endpoint);
  const bytes = found.map((name) => [name, new Uint8Array(Buffer.from(String(more[name]), 'base64'))]);
  return { KeyId, ...Object.fromEntries(bytes) };
}

/** People are shown it. */
const isPlain = (value: unknown): boolean => typeof value === 'string' && plainText(value) === value;

function unanswered(error: unknown, endpoint: Endpoint): CommandError {
  const { code = '' } = error as NodeJS.ErrnoException;
  const { url, port } = endpoint;
  if (code === 'ECONNREFUSED')
    return new CommandError(
      `nothing listens on ${url}: start it with \`kms-lens serve --port ${port}\`, or give the URL that it prints`,
    );
  if (code.startsWith('HPE_')) return noKms(endpoint);
  return new CommandError(`${url} does not answer: ${error instanceof Error ? reasonOf(error) : String(error)}`);
}

const noKms = ({ url }: Endpoint): CommandError =>
  new CommandError(`what answers on ${url} is no KMS: give the URL that \`kms-lens serve\` prints`);
