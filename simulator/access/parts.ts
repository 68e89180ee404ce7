import type { AssumptionId } from './assumptions.ts';
import type { GrantResult } from './decision.ts';
import { retirement } from './grant/retire.ts';
import type { LayerPart } from './layer.ts';
import { endpoint } from './layers/endpoint.ts';
import { type GrantPart, grants, saidBy } from './layers/grants.ts';
import { boundary, identity, session } from './layers/identity.ts';
import { keyPolicy } from './layers/key-policy.ts';
import { resourceControl, serviceControl } from './layers/organization.ts';
import type { PreparedRequest } from './prepared.ts';
import { type Said, UNSAID } from './said.ts';
import type { World } from './world.ts';

/** What every layer says to one request. Layers that the world does not have are left out. */
export interface Parts {
  readonly scp: LayerPart | undefined;
  readonly rcp: LayerPart | undefined;
  readonly endpoint: LayerPart | undefined;
  readonly keyPolicy: LayerPart;
  readonly identity: LayerPart;
  readonly boundary: LayerPart | undefined;
  readonly session: LayerPart | undefined;
  readonly grants: GrantPart;
  readonly retirement: {
    readonly named: Said;
    readonly ofAccount: Said;
    readonly results: readonly GrantResult[];
    readonly assumed: readonly AssumptionId[];
  };
}

export function askAll(world: World, prepared: PreparedRequest): Parts {
  return {
    scp: serviceControl(world, prepared),
    rcp: resourceControl(world, prepared),
    endpoint: endpoint(world, prepared),
    keyPolicy: keyPolicy(world, prepared),
    identity: identity(world, prepared),
    boundary: boundary(world, prepared),
    session: session(world, prepared),
    grants: grants(world, prepared),
    retirement: retirementOf(world, prepared),
  };
}

const NO_RETIREMENT: Parts['retirement'] = { named: UNSAID, ofAccount: UNSAID, results: [], assumed: [] };

function retirementOf({ grants: given = [] }: World, prepared: PreparedRequest): Parts['retirement'] {
  if (prepared.request.action !== 'RetireGrant') return NO_RETIREMENT;
  const { named, ofAccount, results, assumed } = retirement(given, prepared);
  return {
    named: saidBy(named.map((result) => ({ result }))),
    ofAccount: saidBy(ofAccount.map((result) => ({ result }))),
    results,
    assumed,
  };
}

/** The layers with policies, in the order in which they are named. */
export function policyParts({ scp, rcp, endpoint, keyPolicy, identity, boundary, session }: Parts): LayerPart[] {
  const parts: LayerPart[] = [];
  for (const part of [scp, rcp, endpoint, keyPolicy, identity, boundary, session]) if (part) parts.push(part);
  return parts;
}
