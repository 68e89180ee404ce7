import { plainText } from '../../server/answers/inspection.ts';
import type { WireAnswer } from '../../simulator/endpoint/client.ts';
import type { Endpoint } from './options.ts';

/** A call that a KMS answered, and refused. `name` is that of AWS's exception. */
export class RefusedCall extends Error {
  override readonly name: string;
  /** What to do about it. */
  readonly remedy: string;

  constructor(name: string, message: string, remedy: string) {
    super(message);
    this.name = name;
    this.remedy = remedy;
  }
}

/** What was asked, and where. */
export interface Asked {
  readonly endpoint: Endpoint;
  readonly operation: string;
  readonly key: string;
  readonly region: string;
}

/** The error in an answer; undefined where it is none of KMS. */
export function refusalOf({ headers, body }: WireAnswer, asked: Asked): RefusedCall | undefined {
  const error = objectFrom(body);
  const type = error?.['__type'] ?? headers['x-amzn-errortype'];
  if (!error || typeof type !== 'string') return undefined;
  // Some services write `com.amazonaws.kms#NotFoundException`, or a URL behind a colon.
  const name = plainText(type.replace(/^.*#/, '').replace(/:.*$/s, ''));
  const message = error['message'] ?? error['Message'];
  const said = typeof message === 'string' ? plainText(message.slice(0, MOST_SHOWN)).trim().replace(/\.$/, '') : '';
  const { endpoint, operation, key } = asked;
  const what = `KMS on ${endpoint.url} refuses ${operation} under \`${plainText(key)}\`: ${name}${said === '' ? '' : `: ${said}`}`;
  return new RefusedCall(name, what, remedies[name]?.(asked) ?? LOOK_THERE);
}

export function objectFrom(body: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

const MOST_SHOWN = 2000;
const LOOK_THERE = 'the output of `kms-lens serve` says why';

/** What to do, by the name of the exception. */
const remedies: Readonly<Record<string, (asked: Asked) => string>> = {
  AccessDeniedException: ({ operation }) =>
    `allow kms:${operation} where the output of \`kms-lens serve\` says that it is missing, or call as somebody else with \`--access-key-id\``,
  DisabledException: ({ endpoint, region }) =>
    `enable it: \`aws kms enable-key --key-id KEY --endpoint-url ${endpoint.url} --region ${region}\``,
  KMSInvalidStateException: ({ endpoint, region }) =>
    `\`aws kms describe-key --key-id KEY --endpoint-url ${endpoint.url} --region ${region}\` shows its state; only enabled keys do this`,
  NotFoundException: ({ endpoint, region }) =>
    `\`aws kms list-aliases --endpoint-url ${endpoint.url} --region ${region}\` shows what is there; keys that were made there are gone once it ends`,
  InvalidCiphertextException: () =>
    'the encrypted data key was changed, or made by another run of `kms-lens serve`: when it starts again, its keys have other key material',
  IncorrectKeyException: () => 'decrypt with the key that the message names: `kms-lens envelope inspect` shows it',
  InvalidKeyUsageException: () => 'data keys need a symmetric key with the usage ENCRYPT_DECRYPT',
  UnrecognizedClientException: () =>
    'give the access key of a principal of its scenario with `--access-key-id`, or start it with `--no-strict`',
  InvalidSignatureException: () => 'give the secret of the access key in `--secret-access-key-file`',
  KmsLensUndecidedException: () => 'let the scenario say it, or decide without it',
};
