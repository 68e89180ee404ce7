import type { Condition } from '../../../simulator/policy/document.ts';

const LIMITS: ReadonlySet<string> = new Set([
  'kms:grantisforawsresource',
  'kms:grantoperations',
  'kms:grantconstrainttype',
  'kms:granteeprincipal',
  'kms:granteeserviceprincipal',
  'kms:retiringprincipal',
  'kms:viaservice',
]);

/** Whether a condition narrows the grants that somebody may make, or may do so once it is filled in. */
export function limitsGrants({ key, operator }: Condition): boolean {
  return LIMITS.has(key.lower) || key.kind !== 'key' || operator.base === undefined;
}
