import {
  type QuotaQuestion,
  quotaName,
  type RequestQuota,
  requestQuotasOf,
  usualQuestion,
} from '../../facts/quotas.ts';
import { BUCKET_KEY_LEAVES, findS3Request } from '../../facts/s3-requests.ts';
import { arrivals, type Rate } from './arrivals.ts';
import { TokenBucket } from './bucket.ts';
import { type CachingLimits, cacheMisses } from './cached.ts';
import { type Charge, chargesOf } from './charges.ts';
import type { Limits } from './limits.ts';

/** Requests that come for a while, evenly. */
export interface Load {
  /** By the operation of KMS, or by the request to S3: `s3:GetObject`. */
  readonly requests: Readonly<Record<string, Rate>>;
  readonly seconds: number;
  readonly region: string;
  readonly limits: Limits;
  /** What is known of the key. */
  readonly key: QuotaQuestion;
  /** Whether requests to S3 use a Bucket Key. */
  readonly bucketKey: boolean;
  /** How data keys are kept, of GenerateDataKey and Decrypt. Left out: each message has one of its own. */
  readonly caching?: CachingLimits | undefined;
}

export interface LoadAnswer {
  readonly throttled: boolean;
  readonly seconds: number;
  readonly quotas: readonly QuotaUse[];
  readonly operations: readonly OperationUse[];
}

/** What a load comes to at one quota. */
export interface QuotaUse {
  readonly name: string;
  readonly quota: RequestQuota;
  readonly region: string;
  /** In the Region that a replica is in, or comes to. */
  readonly elsewhere: boolean;
  /** Requests per second. */
  readonly limit: number;
  /** What counts against it. */
  readonly operations: readonly QuotaShare[];
  /** All together, and in the busiest second. */
  readonly requests: number;
  readonly peak: number;
  readonly refused: number;
  /** The first second in which it refuses something, from 1. */
  readonly firstSecond: number | undefined;
  readonly lastSecond: number | undefined;
}

export interface QuotaShare {
  readonly name: string;
  readonly requests: number;
  /** How much each of them counts. */
  readonly counts: number;
}

export interface OperationUse {
  readonly name: string;
  readonly requests: number;
  readonly refused: number;
  /** AWS documents no quota for it. */
  readonly unlimited: boolean;
}

/** The operations whose calls a cache of data keys saves. */
export const cachedOperations: ReadonlySet<string> = new Set(['GenerateDataKey', 'Decrypt']);

/** The calls of one operation, second by second. */
interface Calls {
  readonly operation: string;
  readonly charges: readonly Charge[];
  readonly counts: number[];
}

/**
 * What becomes of a load, from full quotas. As AWS counts, second by second: what comes in a second and is more than the
 * quota is refused, and of several operations each loses its share.
 */
export function answerLoad(load: Load): LoadAnswer {
  const { seconds, region, limits } = load;
  const calls = callsOf(load);
  const counters = quotasOf(calls).flatMap((shared) => {
    const limit = limits(shared.quota, region);
    return limit === undefined ? [] : [new Counter(shared, limit)];
  });
  const refused = calls.map(() => 0);
  for (let second = 0; second < seconds; second++) {
    const passing = calls.map(({ counts }) => counts[second] ?? 0);
    for (const counter of counters)
      for (const [call, count] of counter.count(second, calls, passing)) refused[call] = (refused[call] ?? 0) + count;
    for (const counter of counters) counter.take(second, passing);
  }
  return {
    seconds,
    throttled: refused.some((count) => count > 0),
    quotas: counters.map((counter) => counter.use(calls, region)),
    operations: calls.map(({ operation, charges, counts }, index) => ({
      name: operation,
      requests: sumOf(counts),
      refused: refused[index] ?? 0,
      unlimited: charges.length === 0,
    })),
  };
}

/** One quota while a load is on. */
class Counter {
  private readonly shared: Shared;
  private readonly limit: number;
  private readonly bucket: TokenBucket;
  private requests = 0;
  private peak = 0;
  private refused = 0;
  private first: number | undefined;
  private last: number | undefined;

  constructor(shared: Shared, limit: number) {
    this.shared = shared;
    this.limit = limit;
    this.bucket = new TokenBucket(limit, 0);
  }

  /** Takes from `passing` what the quota refuses in a second, and tells it. */
  count(second: number, calls: readonly Calls[], passing: number[]): [call: number, count: number][] {
    const { costs } = this.shared;
    const wanted = total(costs, (call) => calls[call]?.counts[second] ?? 0);
    this.requests += wanted;
    this.peak = Math.max(this.peak, wanted);
    const lost = shedTo(this.bucket.available(1000 * second), costs, passing);
    if (lost.length === 0) return lost;
    const tokens = new Map(costs.map((cost) => [cost.call, cost.tokens]));
    for (const [call, count] of lost) this.refused += count * (tokens.get(call) ?? 1);
    this.first ??= second + 1;
    this.last = second + 1;
    return lost;
  }

  take(second: number, passing: readonly number[]): void {
    this.bucket.take(
      total(this.shared.costs, (call) => passing[call] ?? 0),
      1000 * second,
    );
  }

  use(calls: readonly Calls[], region: string): QuotaUse {
    const { quota, elsewhere, costs } = this.shared;
    return {
      name: quotaName(quota),
      quota,
      region,
      elsewhere,
      limit: this.limit,
      operations: costs.map(({ call, tokens }) => {
        const { operation = '', counts = [] } = calls[call] ?? {};
        return { name: operation, requests: sumOf(counts), counts: tokens };
      }),
      requests: this.requests,
      peak: this.peak,
      refused: this.refused,
      firstSecond: this.first,
      lastSecond: this.last,
    };
  }
}

/** How often KMS is called for what is asked. */
function callsOf({ requests, seconds, key, bucketKey, caching }: Load): Calls[] {
  const direct: [string, Rate][] = [];
  const throughS3 = new Map<string, number>();
  for (const [name, rate] of Object.entries(requests)) {
    const s3 = findS3Request(name);
    if (!s3) direct.push([name, rate]);
    const leaves = bucketKey ? BUCKET_KEY_LEAVES : 1;
    for (const call of s3?.calls ?? [])
      throughS3.set(call, (throughS3.get(call) ?? 0) + (leaves * rate.count) / rate.seconds);
  }
  const names = [...new Set([...direct.map(([name]) => name), ...throughS3.keys()])];
  const counts = new Map(names.map((name) => [name, Array.from({ length: seconds }, () => 0)]));
  const add = (name: string, list: readonly number[]): void => {
    const sum = counts.get(name);
    if (sum) for (const [second, count] of list.entries()) sum[second] = (sum[second] ?? 0) + count;
  };
  const cached = direct.filter(([name]) => caching && cachedOperations.has(name));
  for (const [name, rate] of cached) {
    const [messages = []] = arrivals([rate], seconds);
    if (caching) add(name, cacheMisses(messages, caching));
  }
  const others = [
    ...direct.filter((each) => !cached.includes(each)),
    ...[...throughS3].map(([name, count]): [string, Rate] => [name, { count, seconds: 1 }]),
  ];
  const charges = new Map(names.map((name) => [name, chargesOf(name, [key])]));
  // Those that share a quota are spread together, so that a load of just the quota is never above it.
  for (const first of new Set(others.map(([name]) => charges.get(name)?.[0]?.quota))) {
    const group = others.filter(([name]) => charges.get(name)?.[0]?.quota === first);
    const rates = group.map(([, rate]) => rate);
    for (const [index, list] of arrivals(rates, seconds).entries()) add(group[index]?.[0] ?? '', list);
  }
  return names.map((operation) => ({
    operation,
    charges: charges.get(operation) ?? [],
    counts: counts.get(operation) ?? [],
  }));
}

interface Shared {
  readonly quota: RequestQuota;
  readonly elsewhere: boolean;
  /** What a request of each operation costs, by its place in the list. */
  readonly costs: readonly Cost[];
}

interface Cost {
  readonly call: number;
  readonly tokens: number;
}

function quotasOf(calls: readonly Calls[]): Shared[] {
  const shared = new Map<string, Shared & { readonly costs: Cost[] }>();
  for (const [call, { charges }] of calls.entries())
    for (const { quota, elsewhere, requests } of charges) {
      const id = `${elsewhere} ${quotaName(quota)}`;
      const one = shared.get(id) ?? { quota, elsewhere, costs: [] };
      one.costs.push({ call, tokens: requests });
      shared.set(id, one);
    }
  return [...shared.values()];
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

const total = (costs: readonly Cost[], countOf: (call: number) => number): number =>
  costs.reduce((sum, { call, tokens }) => sum + tokens * countOf(call), 0);

/**
 * Lets so many pass that the tokens are enough, each operation by its share; what is left of a token goes where most of
 * one was lost. The requests that do not pass are taken from `passing` and told.
 */
function shedTo(tokens: number, costs: readonly Cost[], passing: number[]): [call: number, count: number][] {
  const wanted = total(costs, (call) => passing[call] ?? 0);
  if (wanted <= tokens) return [];
  const shares = costs.map((cost) => {
    const count = passing[cost.call] ?? 0;
    const exact = (count * tokens) / wanted;
    return { ...cost, count, passes: Math.floor(exact), lost: exact - Math.floor(exact) };
  });
  let left = tokens - shares.reduce((sum, { passes, tokens: cost }) => sum + passes * cost, 0);
  for (const share of [...shares].sort((a, b) => b.lost - a.lost))
    if (share.tokens <= left && share.passes < share.count) {
      share.passes++;
      left -= share.tokens;
    }
  return shares.flatMap(({ call, count, passes }): [number, number][] => {
    passing[call] = passes;
    return passes < count ? [[call, count - passes]] : [];
  });
}

/** What of a load the key is of no use for. */
export function unfitRequests({ requests, key }: Pick<Load, 'requests' | 'key'>): string[] {
  const { keySpec } = key;
  if (keySpec === undefined) return [];
  return Object.keys(requests).filter((name) => {
    if (findS3Request(name)) return keySpec !== 'SYMMETRIC_DEFAULT';
    const ofThisKey = requestQuotasOf(name, usualQuestion(name, { keySpec }));
    return requestQuotasOf(name).length > 0 && ofThisKey.length === 0;
  });
}
