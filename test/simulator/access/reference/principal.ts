import type { Caller } from '../../../../simulator/access/caller.ts';
import { list, type PlainPrincipal } from './model.ts';

/** How near a policy or a grant names the caller; `maker` is the user behind a federated user's session. */
export type Naming = 'direct' | 'role' | 'maker' | 'account';

/** How a Principal element names the caller; undefined: not at all. The nearest naming counts. */
export function namingOf(principal: PlainPrincipal, caller: Caller, userId?: string): Naming | undefined {
  if (principal === '*') return 'direct';
  if (list(principal.AWS).includes('*')) return 'direct';
  if (caller.type === 'service') return list(principal.Service).includes(caller.service) ? 'direct' : undefined;
  const names = list(principal.AWS).map((arn) => arnNaming(arn, caller) ?? idNaming(arn, userId));
  return (['direct', 'role', 'maker', 'account'] as const).find((naming) => names.includes(naming));
}

/** How one ARN, or an account's 12 digits, names the caller. */
export function arnNaming(arn: string, caller: Caller): Naming | undefined {
  if (caller.type === 'service') return undefined;
  if (arn === caller.account || arn === `arn:aws:iam::${caller.account}:root`) return 'account';
  if (arn === caller.arn) return 'direct';
  if (caller.type === 'federated-user' && arn === caller.madeBy) return 'maker';
  // A session's ARN has no path, and names of roles are unique in an account.
  const role = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?([^/]+)$/.exec(arn);
  const isRole = caller.type === 'role-session' && role?.[1] === caller.account && role[2] === caller.roleName;
  return isRole ? 'role' : undefined;
}

/** What AWS writes where the principal was deleted: `AIDA…` of a user, `AROA…` of a role. */
function idNaming(id: string, userId: string | undefined): Naming | undefined {
  if (id !== userId?.split(':')[0]) return undefined;
  return id.startsWith('AROA') ? 'role' : 'direct';
}

/** Whether a Deny with NotPrincipal spares the caller: each of its levels has to be listed, and it may have no boundary. */
export function isSpared(listed: PlainPrincipal, caller: Caller, hasBoundary: boolean): boolean {
  if (hasBoundary && caller.type !== 'service' && caller.type !== 'root') return false;
  if (listed === '*' || list(listed.AWS).includes('*')) return true;
  if (caller.type === 'service') return namingOf(listed, caller) !== undefined;
  const found = new Set(list(listed.AWS).map((arn) => arnNaming(arn, caller)));
  return levelsOf(caller).every((level) => found.has(level));
}

function levelsOf(caller: Caller): readonly Naming[] {
  if (caller.type === 'root') return ['account'];
  if (caller.type === 'role-session') return ['account', 'role', 'direct'];
  // Of a federated user's session AWS says nothing; taken as for a user.
  return ['account', 'direct'];
}
