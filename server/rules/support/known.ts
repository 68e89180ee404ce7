import { toValue } from '../../../simulator/json/node.ts';
import type { Example } from '../rule.ts';

/** What is known of an example's key and of the files that it names, as JSON. */
export function knownText({ facts }: Example): string | undefined {
  if (!facts) return undefined;
  const { keyPolicy, unusableFiles, ...rest } = facts;
  const known = {
    ...rest,
    ...(keyPolicy ? { keyPolicy: toValue(keyPolicy.root) } : {}),
    ...(unusableFiles ? { unusableFiles: Object.fromEntries(unusableFiles) } : {}),
  };
  return JSON.stringify(known, null, 2);
}
