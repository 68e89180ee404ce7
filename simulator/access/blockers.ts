import { any } from '../policy/truth.ts';
import type { Blocker, Layer } from './decision.ts';
import { type Parts, policyParts } from './parts.ts';
import type { Said } from './said.ts';
import type { Findings } from './verdict.ts';
import type { Step } from './ways.ts';

/** The order in which what keeps a request out is named. */
export const layerOrder: readonly Layer[] = [
  'scp',
  'rcp',
  'vpc-endpoint-policy',
  'operation',
  'key-policy',
  'identity-policy',
  'permissions-boundary',
  'session-policy',
  'grant',
];

/** The layers with a Deny that surely matches. */
export function explicitBlockers(parts: Parts): Blocker[] {
  return policyParts(parts).flatMap(({ layer, deny }): Blocker[] =>
    deny.truth === true ? [{ layer, kind: 'explicit', ...(deny.by ? { statement: deny.by } : {}) }] : [],
  );
}

/** The layers whose Allow is missing. Given an Allow in each of them, the request would get in. */
export function implicitBlockers(findings: Findings, filters: readonly Step[]): Blocker[] {
  const entered = any(findings.ways.map(({ truth }) => truth));
  const inside = entered === false ? lacking(findings) : [];
  const outside = filters.filter(({ said }) => said.truth === false).map(({ layer }) => layer);
  return [...outside, ...inside].map((layer) => ({ layer, kind: 'implicit', ...targetsOf(layer, findings.parts) }));
}

function targetsOf(layer: Layer, { scp }: Parts): Pick<Blocker, 'targets'> {
  if (layer !== 'scp' || !scp?.levels) return {};
  return { targets: scp.levels.filter(({ outcome }) => outcome === 'silent').map(({ target }) => target) };
}

/** Explicit before implicit, each layer once, in the usual order. */
export function inOrder(explicit: readonly Blocker[], implicit: readonly Blocker[]): Blocker[] {
  const sorted = (blockers: readonly Blocker[]): Blocker[] =>
    blockers.toSorted((a, b) => layerOrder.indexOf(a.layer) - layerOrder.indexOf(b.layer));
  const more = implicit.filter(({ layer }) => !explicit.some((other) => other.layer === layer));
  return [...sorted(explicit), ...sorted(more)];
}

/** The layers that would have to allow on the way that is nearest to open. */
function lacking({ request, parts, barred }: Findings): Layer[] {
  if (barred) return ['operation'];
  const { caller } = request;
  const { keyPolicy, grants, retirement } = parts;
  const limits = silent(parts.boundary, parts.session);
  const own = silent(parts.identity, parts.boundary, parts.session);
  if (request.action === 'RetireGrant')
    return retirement.ofAccount.truth === false || caller.type === 'root' ? ['grant'] : own;
  // A service has no identity policies, and they alone could allow.
  if (keyPolicy.standing === 'not-applicable') return caller.type === 'service' ? ['identity-policy'] : own;
  if (caller.type === 'service' || caller.type === 'root') return ['key-policy'];
  const { direct, role, account } = keyPolicy;
  const isOwnKey = caller.account === request.key?.account;
  const named = isOwnKey ? [direct, role, grants.role] : [grants.role];
  const handed = isOwnKey ? [account, grants.account] : [direct, role, account, grants.account];
  if (isOpen(named)) return limits;
  if (isOpen(handed)) return own;
  if (!isOwnKey) return ['key-policy', ...own];
  // A statement for a user, or for one session, would need nothing more; one for the role lies within these two.
  return caller.type === 'role-session' ? ['key-policy', ...limits] : ['key-policy'];
}

const isOpen = (said: readonly Said[]): boolean => any(said.map(({ truth }) => truth)) !== false;

/** Those of the layers that surely hold no Allow. */
function silent(...parts: readonly (Parts['boundary'] | undefined)[]): Layer[] {
  return parts.flatMap((part) =>
    part && part.standing !== 'not-applicable' && part.direct.truth === false ? [part.layer] : [],
  );
}
