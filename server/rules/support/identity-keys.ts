import type { Condition, Statement } from '../../../simulator/policy/document.ts';

/** Keys whose value says who somebody is or whose a resource is: a pattern with no fixed beginning says nothing. */
const IDENTITY_KEYS: ReadonlySet<string> = new Set([
  'aws:userid',
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:sourceaccount',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
  'kms:calleraccount',
]);

/** How many characters have to stand in front for a pattern to tell some from all: fewer hold any id or account. */
export const LEAST_BEGINNING = 6;

/** Whether an `Allow` hangs on a pattern for one of these keys. */
export function isIdentityPattern({ key, operator }: Condition, { effect }: Statement): boolean {
  if (effect !== 'Allow' || operator.negated) return false;
  return IDENTITY_KEYS.has(key.lower) && (operator.base === 'StringLike' || operator.base === 'StringEquals');
}
