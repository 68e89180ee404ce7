import {
  otherChargeOf,
  type QuotaQuestion,
  type RequestQuota,
  requestQuotas,
  requestQuotasOf,
  usualQuestion,
} from '../../facts/quotas.ts';

/** What one request counts for. */
export interface Charge {
  readonly quota: RequestQuota;
  readonly requests: number;
  /** In the other Region that the request is about: a replica's. */
  readonly elsewhere: boolean;
}

/** @param keys what is known of each key that the request uses; none for a request without one */
export function chargesOf(operation: string, keys: readonly QuotaQuestion[]): readonly Charge[] {
  const asked = keys.length === 0 ? [{}] : keys;
  const quotas = new Set(asked.flatMap((key) => requestQuotasOf(operation, usualQuestion(operation, key))));
  const here = [...quotas].map((quota) => ({ quota, requests: 1, elsewhere: false }));
  const other = otherChargeOf(operation);
  if (!other) return here;
  const there = requestQuotas.filter(({ group }) => group === other.group);
  return [...here, ...there.map((quota) => ({ quota, requests: other.requests, elsewhere: true }))];
}
