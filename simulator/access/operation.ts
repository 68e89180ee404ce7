import { findOperation } from '../facts/operations.ts';
import type { NeededPermission } from '../facts/types.ts';
import { tagContext } from './context/tags.ts';
import { decide, permissionOf } from './decide.ts';
import type { Decision, Layer, Verdict } from './decision.ts';
import type { AccessRequest, AliasDescription, KeyDescription } from './request.ts';
import type { World } from './world.ts';

/** A call of the API, which may need several permissions, each on a resource of its own. */
export interface OperationRequest extends Omit<AccessRequest, 'action' | 'key' | 'alias' | 'newKey'> {
  /** The operation's name, `ReEncrypt`, or that of a permission, `ReEncryptFrom`; `kms:` may stand before it. */
  readonly operation: string;
  /**
   * The key that the call works on: ReEncrypt's source, the primary that is replicated or replaced, the key that
   * UpdateAlias takes the alias from. Undefined for calls without a key.
   */
  readonly on: KeyDescription | undefined;
  /** The other key: ReEncrypt's destination, the replica that becomes the primary, the key that the alias moves to. */
  readonly to?: KeyDescription;
  /** The alias that CreateAlias, UpdateAlias or DeleteAlias names, with its `alias/`. */
  readonly alias?: string;
  /** ReEncrypt's encryption context on the destination key. Left out: the same as on the source. */
  readonly toEncryptionContext?: Readonly<Record<string, string>>;
}

/** The worlds that the permissions are decided in: caller and organization are one, policies and grants differ by key. */
export interface OperationWorlds {
  /** With the policy and grants of the key `on`. */
  readonly on: World;
  /** With those of the key `to`. Left out: its key policy is not known, and there are no grants on it. */
  readonly to?: World;
}

export interface OperationDecision {
  /** In AWS's spelling; undefined for what is only a permission's name. */
  readonly operation: string | undefined;
  readonly verdict: Verdict;
  readonly kind: Decision['kind'];
  readonly by: Layer;
  /** The permission that decided: the first that is refused, else the first that the verdict hangs on. */
  readonly deciding: PermissionDecision | undefined;
  readonly permissions: readonly PermissionDecision[];
  /** Permissions on a resource that nobody named: the verdict cannot be more than `depends`. */
  readonly missing: readonly NeededPermission[];
}

/** One permission that a call needs. */
export interface PermissionDecision {
  readonly needed: NeededPermission;
  readonly request: AccessRequest;
  readonly decision: Decision;
}

/**
 * Decides a call: each permission that it needs, on its own resource, and all of them together.
 * Undefined where KMS has neither an operation nor a permission of that name.
 * Source: KMS Developer Guide, "AWS KMS permissions"; AWS KMS API Reference; checked 2026-11.
 */
export function decideOperation(request: OperationRequest, worlds: OperationWorlds): OperationDecision | undefined {
  const name = request.operation.replace(/^kms:/i, '');
  const operation = findOperation(name);
  const action = permissionOf(name);
  if (!operation && action === undefined) return undefined;
  const needed = operation?.permissions ?? [{ action: action ?? name, on: 'key' }];
  const missing: NeededPermission[] = [];
  const permissions: PermissionDecision[] = [];
  for (const permission of needed.filter((each) => isAskedFor(each, request))) {
    const one = onePermission(permission, request, operation?.name);
    if (!one) missing.push(permission);
    else
      permissions.push({
        needed: permission,
        request: one.request,
        decision: decide(one.request, one.isOther ? (worlds.to ?? otherWorld(worlds.on)) : worlds.on),
      });
  }
  return { operation: operation?.name, ...together(permissions, missing), permissions, missing };
}

/** CreateKey and ReplicateKey need kms:TagResource only where they set tags. */
function isAskedFor({ when }: NeededPermission, { input }: OperationRequest): boolean {
  if (when === undefined) return true;
  const tags = input?.['Tags'];
  return Array.isArray(tags) && tags.length > 0;
}

interface OnePermission {
  readonly request: AccessRequest;
  /** Whether it concerns the other key. */
  readonly isOther: boolean;
}

function onePermission(
  { action, on }: NeededPermission,
  request: OperationRequest,
  operation: string | undefined,
): OnePermission | undefined {
  const { operation: _, on: source, to, alias, toEncryptionContext, ...rest } = request;
  const ask = (key: KeyDescription | undefined, more: Partial<AccessRequest> = {}, isOther = false): OnePermission => ({
    request: { ...rest, action, key, ...more },
    isOther,
  });
  switch (on) {
    case 'none':
      return ask(undefined);
    case 'key': {
      if (operation !== 'UpdateAlias') return source && ask(source);
      return to && ask(to, {}, true);
    }
    case 'previous-key':
      return source && ask(source);
    case 'source-key':
      return source && ask(source, sameKey(request));
    case 'destination-key':
      return to && ask(to, { ...destinationContext(request), ...sameKey(request) }, true);
    case 'replica-key':
      return to && ask(to, { region: to.region }, true);
    case 'replica-region': {
      const region = replicaRegion(request);
      return region === undefined ? undefined : createReplica(ask(undefined, { region }), source);
    }
    case 'new-key': {
      const key = operation === 'ReplicateKey' ? replicaOf(request) : newKey(request);
      return key && ask(key, { newKey: true, region: key.region });
    }
    case 'alias': {
      const named = aliasOf(request);
      return named && ask(undefined, { alias: named });
    }
  }
}

/** The CreateKey that ReplicateKey asks for takes its parameters from the key that is replicated. */
function createReplica({ request, isOther }: OnePermission, source: KeyDescription | undefined): OnePermission {
  const { input, ...rest } = request;
  const { spec, usage, origin } = source ?? {};
  const context = {
    'kms:MultiRegion': 'true',
    ...(spec === undefined ? {} : { 'kms:KeySpec': spec }),
    ...(usage === undefined ? {} : { 'kms:KeyUsage': usage }),
    ...(origin === undefined ? {} : { 'kms:KeyOrigin': origin }),
    ...(input ? tagContext(input) : {}),
    ...rest.context,
  };
  return { request: { ...rest, context }, isOther };
}

function destinationContext({ toEncryptionContext }: OperationRequest): Partial<AccessRequest> {
  return toEncryptionContext ? { encryptionContext: toEncryptionContext } : {};
}

/** ReEncrypt knows whether both keys are one; what the request states of it comes first. */
function sameKey({ on, to, context }: OperationRequest): Partial<AccessRequest> {
  if (!on || !to || on.id === undefined || to.id === undefined) return {};
  const same = on.id === to.id && on.account === to.account && on.region === to.region;
  return { context: { 'kms:ReEncryptOnSameKey': String(same), ...context } };
}

function replicaRegion({ input, to }: OperationRequest): string | undefined {
  const region = input?.['ReplicaRegion'];
  return typeof region === 'string' ? region : to?.region;
}

/** The replica that is being made, under the id of its primary. */
function replicaOf(request: OperationRequest): KeyDescription | undefined {
  const region = replicaRegion(request);
  return region === undefined || !request.on ? undefined : { ...request.on, region };
}

/** The key that is being made, in the caller's account. */
function newKey({ caller, region }: OperationRequest): KeyDescription | undefined {
  return caller.type === 'service' ? undefined : { partition: caller.partition, account: caller.account, region };
}

function aliasOf({ alias, on, to, input }: OperationRequest): AliasDescription | undefined {
  const stated = alias ?? input?.['AliasName'];
  const key = on ?? to;
  if (typeof stated !== 'string' || !key) return undefined;
  return { partition: key.partition, account: key.account, region: key.region, name: stated };
}

/** What is known of the other key's world where nobody gave it: the caller's side. */
function otherWorld(world: World): World {
  const { keyPolicy: _, grants: __, ...callerSide } = world;
  return { ...callerSide, keyPolicy: undefined };
}

/** The parts as one verdict: refused if one is, hanging if one hangs. */
function together(
  permissions: readonly PermissionDecision[],
  missing: readonly NeededPermission[],
): Pick<OperationDecision, 'verdict' | 'kind' | 'by' | 'deciding'> {
  const refused = permissions.filter(({ decision }) => decision.verdict === 'denied');
  const explicit = refused.find(({ decision }) => decision.kind === 'explicit');
  const open = permissions.find(({ decision }) => decision.verdict === 'depends');
  const deciding = explicit ?? refused[0] ?? open ?? permissions[0];
  const verdict = refused.length > 0 ? 'denied' : open || missing.length > 0 ? 'depends' : 'allowed';
  return {
    verdict,
    kind: explicit ? 'explicit' : 'implicit',
    by: deciding?.decision.by ?? 'key-policy',
    deciding,
  };
}
