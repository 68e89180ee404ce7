import { findServicePrincipal } from '../../../simulator/facts/service-principals.ts';
import type { Condition, PrincipalItem } from '../../../simulator/policy/document.ts';
import { hole } from '../holes.ts';
import { ACCOUNT_PLACEHOLDER } from './accounts.ts';

const SOURCE_KEYS: ReadonlySet<string> = new Set([
  'aws:sourcearn',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'aws:sourceowner',
]);

/** Whether a condition says for whose resource, or for which one, the service acts. */
export function tiesToSource({ key, operator }: Condition): boolean {
  if (key.kind === 'unknown' || SOURCE_KEYS.has(key.lower)) return true;
  if (key.lower === 'kms:grantisforawsresource') return true;
  // A context is the resource's where its key says that it is an ARN: `aws:logs:arn`, `SecretARN`.
  return key.lower.startsWith('kms:encryptioncontext:') && key.lower.endsWith('arn') && !operator.negated;
}

/**
 * Of DNSSEC signing AWS publishes key policies with and without the condition, and its console writes none. EventBridge
 * sends the keys to queues, but not to encrypted topics, and both may be under one key.
 */
const WITHOUT: ReadonlySet<string> = new Set(['dnssec-route53', 'events']);

export function isPublishedWithout({ pattern }: PrincipalItem): boolean {
  if (pattern.kind !== 'service') return false;
  const recipe = findServicePrincipal(pattern.name)?.fact.recipe;
  const asksNone = recipe?.every(({ conditionKeys }) => !conditionKeys.some((key) => key.startsWith('aws:Source')));
  return asksNone === true || WITHOUT.has(pattern.service);
}

/** The conditions that say for whose resource a service acts, or for which one. Each is enough. */
export function sourceConditions(account: string) {
  return [
    {
      operator: 'StringEquals',
      key: 'aws:SourceAccount',
      value: account === ACCOUNT_PLACEHOLDER ? hole(account) : account,
    },
    { operator: 'ArnLike', key: 'aws:SourceArn', value: hole('arn:aws:service:region:account:resource') },
  ] as const;
}
