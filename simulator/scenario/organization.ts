import { fullAwsAccess } from '../access/default-policies.ts';
import type { OrganizationPlace } from '../access/request.ts';
import type { PolicyLevel } from '../access/world.ts';
import type { Path } from '../json/place.ts';
import type { CompiledPolicy } from '../policy/compile.ts';
import type { OrganizationEntry } from './file.ts';

/** The policies that an organization lays over its accounts. */
export interface Organization {
  /** Where an account stands; undefined where it is in none, or nobody says. */
  placeOf(account: string): OrganizationPlace | undefined;
  /** From the root down to the account; undefined where no SCP binds it. */
  serviceControl(account: string): readonly PolicyLevel[] | undefined;
  resourceControl(account: string): readonly PolicyLevel[] | undefined;
}

interface Target {
  readonly serviceControl: PolicyLevel;
  readonly resourceControl: PolicyLevel;
}

/**
 * @param base where the organization stands in its file
 * @param policyAt the policy that the file names or holds at a path
 */
export function organizationOf(
  { id, managementAccount, accounts = {}, targets = {} }: OrganizationEntry,
  base: Path,
  policyAt: (path: Path) => CompiledPolicy | undefined,
): Organization {
  const parentsOf = new Map(Object.entries(accounts).map(([account, { path }]) => [account, path.split('/')]));
  const [someParents] = parentsOf.values();
  const root = someParents?.[0];
  // The management account stands below the root like any other, though no policy binds it.
  if (managementAccount !== undefined && root !== undefined && !parentsOf.has(managementAccount))
    parentsOf.set(managementAccount, [root]);
  const attached = new Map<string, Target>();
  for (const [target, { scps = [], rcps = [], fullAwsAccess: isAttached = true }] of Object.entries(targets)) {
    const policies = (member: string, count: number): CompiledPolicy[] =>
      Array.from({ length: count }, (_, index) => policyAt([...base, 'targets', target, member, index]) ?? []).flat();
    const own = policies('scps', scps.length);
    attached.set(target, {
      serviceControl: { target, policies: isAttached ? [fullAwsAccess, ...own] : own },
      resourceControl: { target, policies: policies('rcps', rcps.length) },
    });
  }
  const levels = (account: string, layer: keyof Target): readonly PolicyLevel[] | undefined => {
    const parents = parentsOf.get(account);
    if (!parents || account === managementAccount) return undefined;
    return [...parents, account].map((target) => (attached.get(target) ?? untouched(target))[layer]);
  };
  return {
    placeOf(account) {
      const parents = parentsOf.get(account);
      return parents && { id, path: [id, ...parents].map((part) => `${part}/`).join('') };
    },
    serviceControl: (account) => levels(account, 'serviceControl'),
    resourceControl: (account) => levels(account, 'resourceControl'),
  };
}

/** A target without attachments of its own. */
function untouched(target: string): Target {
  return {
    serviceControl: { target, policies: [fullAwsAccess] },
    resourceControl: { target, policies: [] },
  };
}
