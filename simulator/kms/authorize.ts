import type { Caller } from '../access/caller.ts';
import { denialMessage } from '../access/message.ts';
import {
  allowsOperation,
  decideOperation,
  type OperationDecision,
  type OperationRequest,
} from '../access/operation.ts';
import type { KnownOfCaller } from '../access/request.ts';
import type { World } from '../access/world.ts';
import type { KmsGrant } from './grants.ts';
import type { KmsKey } from './key.ts';

/** Decides whether a caller may do what it asks, before anything is done. */
export type Authorize = (request: AuthorizationRequest) => Authorization | Promise<Authorization>;

export interface AuthorizationRequest {
  readonly request: OperationRequest;
  readonly on: KmsKey | undefined;
  readonly to: KmsKey | undefined;
  /** The grants whose tokens the request brings. */
  readonly named: ReadonlySet<KmsGrant>;
  /** Whether the decision is wanted of what is allowed, too. */
  readonly explains?: boolean;
}

export interface Authorization {
  /** Undefined: it hangs on something that nobody said, and `decision` says what. */
  readonly allowed: boolean | undefined;
  /** Why, for people, where no decision says it. */
  readonly because?: string;
  /** AWS's message to a caller that is refused; left out where it is not known. */
  readonly message?: string;
  readonly decision?: OperationDecision;
}

/** What decides besides key policies and grants, from wherever it comes. */
export interface PolicySource {
  /** The caller's policies, and those of the organizations and the endpoint that the request passes. */
  worldFor(
    caller: Caller,
    keyAccount: string | undefined,
    vpcEndpoint: string | undefined,
  ): Omit<World, 'keyPolicy' | 'grants'>;
  /** What conditions may ask about the caller and about the organization of the key's account. */
  knownOf(caller: Caller, keyAccount: string | undefined): KnownOfCaller;
}

/** By the policies and grants of the keys, and by what the source says of callers. */
export function byPolicies(source: PolicySource): Authorize {
  /** The last world of each caller's: requests follow each other on the same key as it stands. */
  const last = new WeakMap<object, World>();
  const worldOf = (
    { caller, vpcEndpoint, now = Number.POSITIVE_INFINITY }: OperationRequest,
    key: KmsKey | undefined,
    named: ReadonlySet<KmsGrant>,
  ): World => {
    const of = source.worldFor(caller, key?.identity.account, vpcEndpoint);
    const keyPolicy = key?.policy.compiled;
    const grants = key?.grants.at(now, named);
    const before = last.get(of);
    if (before && before.keyPolicy === keyPolicy && before.grants === grants) return before;
    const world = grants ? { ...of, keyPolicy, grants } : { ...of, keyPolicy };
    last.set(of, world);
    return world;
  };
  return ({ request: asked, on, to, named, explains }) => {
    const request = withKnown(asked, source.knownOf(asked.caller, (on ?? to)?.identity.account));
    const world = worldOf(asked, on, named);
    const worlds = to ? { on: world, to: worldOf(asked, to, named) } : { on: world };
    if (!explains && allowsOperation(request, worlds)) return { allowed: true };
    const decision = decideOperation(request, worlds);
    if (!decision) throw new Error(`AWS KMS has no operation \`${asked.operation}\``);
    if (decision.verdict === 'depends') return { allowed: undefined, decision };
    if (decision.verdict === 'allowed') return { allowed: true, decision };
    const { deciding } = decision;
    const message = deciding && denialMessage(deciding.decision, deciding.request);
    return { allowed: false, decision, ...(message ? { message: message.text } : {}) };
  };
}

/** Member by member, since a second spread is slow and every call comes by here. */
function withKnown(asked: OperationRequest, known: KnownOfCaller): OperationRequest {
  const request: { -readonly [Name in keyof OperationRequest]: OperationRequest[Name] } = { ...asked };
  const { mfa, principalTags, principalOrganization, resourceOrganization } = known;
  if (mfa !== undefined) request.mfa = mfa;
  if (principalTags !== undefined) request.principalTags = principalTags;
  if (principalOrganization !== undefined) request.principalOrganization = principalOrganization;
  if (resourceOrganization !== undefined) request.resourceOrganization = resourceOrganization;
  return request;
}
