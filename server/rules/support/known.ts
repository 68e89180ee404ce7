import { toValue } from '../../../simulator/json/node.ts';
import type { Example } from '../rule.ts';

/** What is known of an example's key and of the files that it names, as JSON. */
export function knownText({ facts }: Example): string | undefined {
  if (!facts) return undefined;
  const { keyPolicy, unusableFiles, replicas, keyPolicies, ...rest } = facts;
  const policies = [...(keyPolicies ?? [])].map(([arn, policy]) => [arn, policy && toValue(policy.root)]);
  const known = {
    ...rest,
    ...(replicas
      ? { replicas: replicas.map(({ policy, ...replica }) => ({ ...replica, policy: toValue(policy.root) })) }
      : {}),
    ...(keyPolicies ? { keyPolicies: Object.fromEntries(policies) } : {}),
    ...(keyPolicy ? { keyPolicy: toValue(keyPolicy.root) } : {}),
    ...(unusableFiles ? { unusableFiles: Object.fromEntries(unusableFiles) } : {}),
  };
  return JSON.stringify(known, null, 2);
}
