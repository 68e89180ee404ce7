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

/** Layers are asked when somebody looks at them: a refusal rarely needs all. */
export function partsOf(world: World, prepared: PreparedRequest): Parts {
  return new AskedParts(world, prepared);
}

class AskedParts implements Parts {
  private readonly world: World;
  private readonly prepared: PreparedRequest;
  private ofKey: LayerPart | undefined;
  private ofCaller: LayerPart | undefined;
  /** Of what few worlds have, all at once. */
  private ofOthers: Pick<Parts, 'scp' | 'rcp' | 'endpoint' | 'boundary' | 'session'> | undefined;
  private ofGrants: Pick<Parts, 'grants' | 'retirement'> | undefined;

  constructor(world: World, prepared: PreparedRequest) {
    this.world = world;
    this.prepared = prepared;
  }

  get keyPolicy(): LayerPart {
    this.ofKey ??= keyPolicy(this.world, this.prepared);
    return this.ofKey;
  }

  get identity(): LayerPart {
    this.ofCaller ??= identity(this.world, this.prepared);
    return this.ofCaller;
  }

  get scp(): LayerPart | undefined {
    return this.others.scp;
  }

  get rcp(): LayerPart | undefined {
    return this.others.rcp;
  }

  get endpoint(): LayerPart | undefined {
    return this.others.endpoint;
  }

  get boundary(): LayerPart | undefined {
    return this.others.boundary;
  }

  get session(): LayerPart | undefined {
    return this.others.session;
  }

  get grants(): GrantPart {
    return this.fromGrants.grants;
  }

  get retirement(): Parts['retirement'] {
    return this.fromGrants.retirement;
  }

  private get others(): NonNullable<AskedParts['ofOthers']> {
    const { world, prepared } = this;
    this.ofOthers ??= {
      scp: serviceControl(world, prepared),
      rcp: resourceControl(world, prepared),
      endpoint: endpoint(world, prepared),
      boundary: boundary(world, prepared),
      session: session(world, prepared),
    };
    return this.ofOthers;
  }

  private get fromGrants(): NonNullable<AskedParts['ofGrants']> {
    const { world, prepared } = this;
    this.ofGrants ??= { grants: grants(world, prepared), retirement: retirementOf(world, prepared) };
    return this.ofGrants;
  }
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
