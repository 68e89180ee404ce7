import { findS3Request } from '../../facts/s3-requests.ts';
import type { CachingLimits } from './cached.ts';
import { answerLoad, cachedOperations, type Load, type LoadAnswer } from './load.ts';

/** What would become of a load otherwise. */
export interface Advice {
  /** The quotas that are too low, and what they would have to be; one may only stand behind another that refuses. */
  readonly raise: readonly RaisedQuota[];
  /** Of requests to S3: with a Bucket Key where they have none, without one where they have. */
  readonly bucketKey?: Otherwise & { readonly on: boolean };
  /** Without the cache; or of a load that is refused, with the fewest messages for each data key that would do. */
  readonly caching?: Otherwise & { readonly limits: CachingLimits | undefined };
}

export interface RaisedQuota {
  readonly name: string;
  readonly elsewhere: boolean;
  readonly to: number;
  readonly adjustable: boolean;
}

export interface Otherwise {
  /** Calls of KMS in all. */
  readonly requests: number;
  readonly refused: number;
}

/** As in the examples of the AWS Encryption SDK. */
const USUAL_AGE = 5 * 60 * 1000;

export function adviceOn(load: Load, answer: LoadAnswer): Advice {
  const names = Object.keys(load.requests);
  const isCacheable = names.some((name) => cachedOperations.has(name));
  const otherwise = (change: Partial<Load>): Otherwise => sums(answerLoad({ ...load, ...change }));
  // Whether messages that are only read share data keys, nobody knows.
  const mayCache = !load.caching && answer.throttled && names.includes('GenerateDataKey');
  const caching = mayCache ? leastCaching(load) : undefined;
  return {
    raise: answer.quotas
      .filter(({ peak, limit }) => peak > limit)
      .map(({ name, elsewhere, peak, quota }) => ({ name, elsewhere, to: peak, adjustable: quota.adjustable })),
    ...(names.some(findS3Request)
      ? { bucketKey: { on: !load.bucketKey, ...otherwise({ bucketKey: !load.bucketKey }) } }
      : {}),
    ...(load.caching && isCacheable ? { caching: { limits: undefined, ...otherwise({ caching: undefined }) } } : {}),
    ...(caching ? { caching: { limits: caching, ...otherwise({ caching }) } } : {}),
  };
}

/** The fewest messages for each data key with which nothing is refused; undefined where no number is enough. */
function leastCaching(load: Load): CachingLimits | undefined {
  const caching = (maxMessages: number): CachingLimits => ({ maxAge: USUAL_AGE, maxMessages });
  // What counts is how many come in the busiest second; the first ones are that.
  const short = { ...load, seconds: Math.min(load.seconds, SHORT) };
  const fits = (maxMessages: number): boolean => !answerLoad({ ...short, caching: caching(maxMessages) }).throttled;
  let [few, enough] = [1, 2];
  while (!fits(enough)) {
    if (enough >= MOST) return undefined;
    [few, enough] = [enough, enough * 2];
  }
  while (enough - few > 1) {
    const middle = Math.floor((few + enough) / 2);
    if (fits(middle)) enough = middle;
    else few = middle;
  }
  const found = caching(enough);
  return answerLoad({ ...load, caching: found }).throttled ? undefined : found;
}

const MOST = 2 ** 32;
const SHORT = 60;

export function sums({ operations }: LoadAnswer): Otherwise {
  return {
    requests: operations.reduce((sum, { requests }) => sum + requests, 0),
    refused: operations.reduce((sum, { refused }) => sum + refused, 0),
  };
}
