import { quotaName, type RequestQuota } from '../../facts/quotas.ts';
import { TokenBucket } from './bucket.ts';
import type { Charge } from './charges.ts';
import type { Limits } from './limits.ts';

/** Whose quotas a request counts against: the caller's, whoever owns the key. */
export interface Charged {
  readonly account: string;
  readonly region: string;
  /** The other Region, of a request that is about two. */
  readonly otherRegion?: string | undefined;
}

/** A quota that is used up. */
export interface UsedUp {
  readonly quota: RequestQuota;
  readonly region: string;
  readonly limit: number;
}

/** Counts requests against the quotas of every account and Region. */
export class RequestLimiter {
  private readonly limits: Limits;
  private readonly buckets = new Map<string, TokenBucket>();

  constructor(limits: Limits) {
    this.limits = limits;
  }

  /** Takes what a request counts for, from all quotas or, where one of them is used up, from none: that one is told. */
  admit(charges: readonly Charge[], who: Charged, now: number): UsedUp | undefined {
    const taken: (() => void)[] = [];
    for (const { quota, requests, elsewhere } of charges) {
      const region = elsewhere ? (who.otherRegion ?? who.region) : who.region;
      const limit = this.limits(quota, region);
      if (limit === undefined) continue;
      const bucket = this.bucket(`${who.account} ${region} ${quotaName(quota)}`, limit, now);
      if (bucket.available(now) < requests) return { quota, region, limit };
      taken.push(() => bucket.take(requests, now));
    }
    for (const take of taken) take();
    return undefined;
  }

  private bucket(id: string, rate: number, now: number): TokenBucket {
    const known = this.buckets.get(id) ?? new TokenBucket(rate, now);
    this.buckets.set(id, known);
    return known;
  }
}
