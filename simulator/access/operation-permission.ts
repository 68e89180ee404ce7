import type { NeededPermission } from '../facts/types.ts';
import { tagContext } from './context/tags.ts';
import type { OperationRequest } from './operation.ts';
import type { AccessRequest, AliasDescription, KeyDescription } from './request.ts';

/** A permission that a call needs, as a request of its own. */
export interface OnePermission {
  readonly request: AccessRequest;
  /** Whether it concerns the other key. */
  readonly isOther: boolean;
}

/** Undefined where nobody named the resource that it is about. */
export function onePermission(
  { action, on }: NeededPermission,
  request: OperationRequest,
  operation: string | undefined,
): OnePermission | undefined {
  const { on: source, to } = request;
  const ask = (key: KeyDescription | undefined, more?: Partial<AccessRequest>, isOther = false): OnePermission => {
    const asked = accessRequest(request, action, key);
    return { request: more ? { ...asked, ...more } : asked, isOther };
  };
  switch (on) {
    case 'none':
      return ask(undefined);
    case 'key': {
      if (operation !== 'UpdateAlias') return source && ask(source);
      return to && ask(to, undefined, true);
    }
    case 'previous-key':
      return source && ask(source);
    case 'source-key':
      return source && ask(source, sameKey(request));
    case 'destination-key':
      return to && ask(to, { ...destinationContext(request), ...sameKey(request) }, isSameKey(request) !== true);
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

/** Member by member, since a copy that leaves some out is slow and every call comes by here. */
function accessRequest(request: OperationRequest, action: string, key: KeyDescription | undefined): AccessRequest {
  const asked: { -readonly [Name in keyof AccessRequest]: AccessRequest[Name] } = {
    caller: request.caller,
    action,
    key,
    region: request.region,
  };
  const { encryptionContext, input, via, context, open, vpcEndpoint, now, mfa, principalTags } = request;
  const { principalOrganization, resourceOrganization } = request;
  if (encryptionContext !== undefined) asked.encryptionContext = encryptionContext;
  if (input !== undefined) asked.input = input;
  if (via !== undefined) asked.via = via;
  if (context !== undefined) asked.context = context;
  if (open !== undefined) asked.open = open;
  if (vpcEndpoint !== undefined) asked.vpcEndpoint = vpcEndpoint;
  if (principalOrganization !== undefined) asked.principalOrganization = principalOrganization;
  if (resourceOrganization !== undefined) asked.resourceOrganization = resourceOrganization;
  if (mfa !== undefined) asked.mfa = mfa;
  if (principalTags !== undefined) asked.principalTags = principalTags;
  if (now !== undefined) asked.now = now;
  return asked;
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
function sameKey(request: OperationRequest): Partial<AccessRequest> {
  const same = isSameKey(request);
  return same === undefined ? {} : { context: { 'kms:ReEncryptOnSameKey': String(same), ...request.context } };
}

/** Undefined where an id is not known. */
function isSameKey({ on, to }: OperationRequest): boolean | undefined {
  if (!on || !to || on.id === undefined || to.id === undefined) return undefined;
  return on.id === to.id && on.account === to.account && on.region === to.region;
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
