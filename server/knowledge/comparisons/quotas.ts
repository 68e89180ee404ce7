import { kmsOperations } from '../../../simulator/facts/operations.ts';
import {
  policySizeQuotas,
  quotaName,
  type RequestQuota,
  requestQuotas,
  resourceQuotas,
} from '../../../simulator/facts/quotas.ts';
import { type Cell, type Comparison, grouped, no, yes } from './comparison.ts';

export const requestQuotaComparison: Comparison = {
  id: 'request-quotas',
  title: 'Request quotas by default',
  summary:
    'Requests per second that one account may make in one Region, as they are by default. Operations in one row share the quota.',
  topics: ['request-quotas', 's3-throttling', 'two-errors'],
  columns: ['Quota', 'Requests per second', 'Elsewhere', 'Operations', 'Can be raised', 'Since'],
  rows: () =>
    requestQuotas.map((quota) => [
      quotaName(quota),
      grouped(quota.rate),
      elsewhere(quota),
      kmsOperations
        .filter(({ quota: groups }) => groups.includes(quota.group))
        .map(({ name }) => name)
        .join(', '),
      raisable(quota.adjustable),
      quota.since ?? '',
    ]),
};

export const limitComparison: Comparison = {
  id: 'limits',
  title: 'Limits of resources and policies',
  summary: 'How many there can be, and how long policies can be.',
  topics: ['alias-rules', 'grant-parts', 'rotation-on-demand'],
  columns: ['What', 'Limit', 'Per', 'Can be raised'],
  rows: () => [
    ...resourceQuotas.map(({ name, limit, per, adjustable }) => [name, grouped(limit), per, raisable(adjustable)]),
    ...policySizeQuotas.map(({ policy, limit, unit, countsWhiteSpace }) => [
      `length of policies: ${policy}`,
      `${grouped(limit)} ${unit}`,
      countsWhiteSpace ? 'policy, with white space' : 'policy, without white space',
      no(),
    ]),
  ],
};

const raisable = (adjustable: boolean): Cell => (adjustable ? yes() : no());

/** Regions by their rate: `100,000 in us-east-1, …`. */
function elsewhere({ regionalRates = {} }: RequestQuota): string {
  const byRate = new Map<number, string[]>();
  for (const [region, rate] of Object.entries(regionalRates)) byRate.set(rate, [...(byRate.get(rate) ?? []), region]);
  return [...byRate].map(([rate, regions]) => `${grouped(rate)} in ${regions.join(', ')}`).join('; ');
}
