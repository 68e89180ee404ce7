import { quotaName, type RequestQuota, rateIn } from '../../facts/quotas.ts';

/** Requests per second by the names of quotas, or of the groups that they belong to. */
export type StatedQuotas = Readonly<Record<string, number>>;

/** Requests per second that a quota allows in a Region; undefined: nobody counts. */
export type Limits = (quota: RequestQuota, region: string) => number | undefined;

/** AWS's defaults, but for what is stated otherwise. */
export function limitsWith(stated: StatedQuotas = {}): Limits {
  const own = onlyStated(stated);
  return (quota, region) => own(quota, region) ?? rateIn(quota, region);
}

/** Only what is stated limits anything. */
export function onlyStated(stated: StatedQuotas = {}): Limits {
  const find = (name: string): number | undefined => (Object.hasOwn(stated, name) ? stated[name] : undefined);
  return (quota) => find(quotaName(quota)) ?? find(quota.group);
}
