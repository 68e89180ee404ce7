import { findGrantOperation } from '../../../simulator/facts/grant-operations.ts';
import type { KmsAction } from '../../../simulator/facts/types.ts';

/** Whether an action uses the key to encrypt, sign or the like. */
export function isCryptographic({ name }: Pick<KmsAction, 'name'>): boolean {
  return findGrantOperation(name) !== undefined && !BESIDE.has(name);
}

/** What grants can allow and what is no use of the key's material. */
const BESIDE: ReadonlySet<string> = new Set(['CreateGrant', 'RetireGrant', 'DescribeKey', 'GetPublicKey']);

/** Whether an action goes with using the key: what a grant can allow, random bytes, and lending the key on. */
export function goesWithUse({ name }: KmsAction): boolean {
  return findGrantOperation(name) !== undefined || LENDING.has(name);
}

const LENDING: ReadonlySet<string> = new Set(['GenerateRandom', 'ListGrants', 'RevokeGrant', 'ListRetirableGrants']);

/** Whether an action changes the key, its policy or what leads to it. */
export function isAdministrative(action: KmsAction): boolean {
  return !goesWithUse(action) && action.access.some((level) => level !== 'Read' && level !== 'List');
}
