import { toValue } from '../../../simulator/json/node.ts';
import type { Example } from '../rule.ts';

/** What is known of an example's key beside its text, as JSON. */
export function knownText({ facts }: Example): string | undefined {
  if (!facts) return undefined;
  const { keyPolicy, ...rest } = facts;
  return JSON.stringify({ ...rest, ...(keyPolicy ? { keyPolicy: toValue(keyPolicy.root) } : {}) }, null, 2);
}
