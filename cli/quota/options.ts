import { InvalidArgumentError } from 'commander';
import { findOperation, kmsOperations } from '../../simulator/facts/operations.ts';
import { quotaNames } from '../../simulator/facts/quotas.ts';
import { findS3Request, s3RequestNames } from '../../simulator/facts/s3-requests.ts';
import type { Origin } from '../../simulator/facts/types.ts';
import type { Rate } from '../../simulator/kms/quotas/arrivals.ts';
import type { CachingLimits } from '../../simulator/kms/quotas/cached.ts';
import type { StatedQuotas } from '../../simulator/kms/quotas/limits.ts';
import { parseDuration } from '../../simulator/scenario/duration.ts';
import { parseSize } from '../../simulator/scenario/payload.ts';
import { nearest } from '../../simulator/text/nearest.ts';

/** The options of `kms-lens quota` as commander gives them. */
export interface QuotaOptions {
  readonly format: 'text' | 'json';
  readonly operation: Readonly<Record<string, Rate>>;
  readonly region: string;
  /** In seconds. */
  readonly for: number;
  readonly keySpec?: string;
  readonly keyPairSpec?: string;
  readonly keyStore?: keyof typeof keyStores;
  readonly bucketKeys?: true;
  readonly caching?: CachingLimits;
  readonly quota?: GivenQuotas;
  readonly expect?: 'fits' | 'throttled';
}

export interface GivenQuotas {
  readonly named: StatedQuotas;
  /** Given without a name. */
  readonly only?: number;
}

export const keyStores = { cloudhsm: 'AWS_CLOUDHSM', external: 'EXTERNAL_KEY_STORE' } as const satisfies Readonly<
  Record<string, Origin>
>;

const UNITS: Readonly<Record<string, number>> = { s: 1, sec: 1, second: 1, min: 60, minute: 60, h: 3600, hour: 3600 };

/** For `--operation Decrypt=12000/s`. */
export function collectRate(
  text: string,
  earlier: Readonly<Record<string, Rate>> | undefined,
): Readonly<Record<string, Rate>> {
  const [, written = '', digits, unit = 's'] = /^([^=]+)=(\d[\d_,]*(?:\.\d+)?)(?:\/([a-z]+))?$/.exec(text) ?? [];
  const seconds = UNITS[unit];
  if (digits === undefined || seconds === undefined)
    throw new InvalidArgumentError('Write an operation and how often, such as Decrypt=12000/s, with s, min or h.');
  const name = requestNamed(written);
  if (earlier && Object.hasOwn(earlier, name)) throw new InvalidArgumentError(`\`${name}\` is given twice.`);
  return { ...earlier, [name]: { count: Number(digits.replace(/[_,]/g, '')), seconds } };
}

function requestNamed(written: string): string {
  const name = findS3Request(written)?.name ?? findOperation(written.replace(/^kms:/i, ''))?.name;
  if (name !== undefined) return name;
  const meant = nearest(written, [...kmsOperations.map((each) => each.name), ...s3RequestNames]);
  throw new InvalidArgumentError(
    `\`${written}\` is no operation of AWS KMS, nor one of S3 about an object: ${meant === undefined ? 'write one such as Decrypt or s3:GetObject.' : `did you mean ${meant}?`}`,
  );
}

/** For `--quota 50000` and `--quota CreateKey=10`. */
export function collectQuota(text: string, earlier: GivenQuotas = { named: {} }): GivenQuotas {
  const [, name, digits] = /^(?:(.+)=)?(\d+)$/.exec(text) ?? [];
  if (digits === undefined)
    throw new InvalidArgumentError('Write requests a second, such as 50000, or with the name of a quota CreateKey=10.');
  if (name === undefined) return { ...earlier, only: Number(digits) };
  if (!quotaNames.includes(name)) {
    const meant = nearest(name, quotaNames);
    throw new InvalidArgumentError(
      `There is no quota \`${name}\`: ${meant === undefined ? 'the answer without this option names those that count.' : `did you mean \`${meant}\`?`}`,
    );
  }
  return { ...earlier, named: { ...earlier.named, [name]: Number(digits) } };
}

export function parseSeconds(text: string): number {
  const duration = parseDuration(text);
  if (duration !== undefined) return duration / 1000;
  throw new InvalidArgumentError('Write a duration such as PT10S or PT5M.');
}

const LIMITS: Readonly<Record<string, keyof CachingLimits>> = {
  messages: 'maxMessages',
  bytes: 'maxBytes',
  'message-bytes': 'messageBytes',
  hosts: 'hosts',
};

const MOST: Readonly<Record<string, number>> = { messages: 2 ** 32, hosts: 1000 };

/** For `--caching messages=100,age=PT5M`. */
export function parseCaching(text: string): CachingLimits {
  let maxAge: number | undefined;
  const limits: Partial<Record<keyof CachingLimits, number>> = {};
  for (const part of text.split(',')) {
    const [name = '', value = ''] = part.split('=');
    const limit = Object.hasOwn(LIMITS, name) ? LIMITS[name] : undefined;
    const number = /^\d+$/.test(value) ? Number(value) : (limit?.endsWith('Bytes') && parseSize(value)) || Number.NaN;
    if (name === 'age') maxAge = 1000 * parseSeconds(value);
    else if (limit && 1 <= number && number <= (MOST[name] ?? Number.MAX_SAFE_INTEGER)) limits[limit] = number;
    else throw new InvalidArgumentError(`\`${part}\` is no limit: write some of messages=100,age=PT5M,hosts=20.`);
  }
  if (maxAge === undefined) throw new InvalidArgumentError('Say how long a data key is used: add age=PT5M.');
  return { ...limits, maxAge };
}
