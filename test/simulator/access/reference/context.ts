import type { AccessRequest } from '../../../../simulator/access/request.ts';
import { plainAction } from './actions.ts';
import type { PlainLayer } from './model.ts';

/** `unknown`: nobody knows whether it is there. `unknown-value`: it is there, with a value nobody told. */
export type Found = readonly string[] | 'absent' | 'unknown' | 'unknown-value';

/** The value of a condition key by its name, in any case. */
export type ContextOf = (key: string) => Found;

/** The condition keys that policies of one layer see. */
export function contextOf(request: AccessRequest, layer: PlainLayer): ContextOf {
  return (name) => {
    const key = name.toLowerCase();
    for (const [stated, value] of Object.entries(request.context ?? {}))
      if (stated.toLowerCase() === key) return value === null ? 'absent' : typeof value === 'string' ? [value] : value;
    // Tags and aliases of a key are for IAM policies; key policies do not see them.
    if (layer === 'key-policy' && (key.startsWith('aws:resourcetag/') || key === 'kms:resourcealiases'))
      return 'absent';
    return key.startsWith('kms:') ? kmsKey(key, request) : globalKey(key, request);
  };
}

function globalKey(key: string, request: AccessRequest): Found {
  const { caller, key: kmsKey } = request;
  const isService = caller.type === 'service';
  if (key.startsWith('aws:principaltag/')) {
    if (isService || caller.type === 'root') return 'absent';
    return request.principalTags ? tag(request.principalTags, key.slice('aws:principaltag/'.length)) : 'unknown';
  }
  if (key.startsWith('aws:resourcetag/')) {
    if (!kmsKey) return 'absent';
    return kmsKey.tags ? tag(kmsKey.tags, key.slice('aws:resourcetag/'.length)) : 'unknown';
  }
  switch (key) {
    case 'aws:principalarn':
      if (isService) return 'absent';
      if (caller.type === 'role-session') return caller.roleArn === undefined ? 'unknown-value' : [caller.roleArn];
      return [caller.arn];
    case 'aws:principalaccount':
      return isService ? 'absent' : [caller.account];
    case 'aws:principalisawsservice':
      return [String(isService)];
    case 'aws:principalservicename':
      return isService ? [caller.service] : 'absent';
    case 'aws:username':
      return caller.type === 'user' ? [caller.name.split('/').at(-1) ?? ''] : 'absent';
    case 'aws:principalorgid':
      if (isService || request.principalOrganization === null) return 'absent';
      return request.principalOrganization ? [request.principalOrganization.id] : 'unknown';
    case 'aws:principalorgpaths':
      if (isService || request.principalOrganization === null) return 'absent';
      return request.principalOrganization ? [request.principalOrganization.path] : 'unknown';
    case 'aws:requestedregion':
      return [request.region];
    case 'aws:sourcevpce':
      return request.vpcEndpoint === undefined ? 'absent' : [request.vpcEndpoint];
    case 'aws:sourceip':
      return request.vpcEndpoint === undefined ? 'unknown' : 'absent';
    case 'aws:sourcearn':
      return isService ? 'unknown' : 'absent';
    default:
      return 'unknown';
  }
}

function kmsKey(name: string, request: AccessRequest): Found {
  const { caller, key } = request;
  const action = plainAction(request.action);
  if (!action.onKey) return 'absent';
  if (name.startsWith('kms:encryptioncontext:')) {
    const pairs = encryptionContext(request);
    return pairs === undefined ? 'unknown' : tag(pairs, name.slice('kms:encryptioncontext:'.length));
  }
  const isCreateGrant = request.action === 'CreateGrant';
  switch (name) {
    case 'kms:calleraccount':
      return caller.type === 'service' ? 'absent' : [caller.account];
    case 'kms:viaservice':
      return request.via === undefined ? 'absent' : [`${request.via}.${request.region}.amazonaws.com`];
    case 'kms:encryptioncontextkeys': {
      const pairs = encryptionContext(request);
      if (pairs === undefined) return 'unknown';
      return several(Object.keys(pairs));
    }
    case 'kms:requestalias':
      return action.alias && key?.requestAlias !== undefined ? [key.requestAlias] : 'absent';
    case 'kms:resourcealiases':
      return key?.aliases ? several(key.aliases) : 'unknown';
    case 'kms:keyspec':
      return key?.spec === undefined ? 'unknown-value' : [key.spec];
    case 'kms:multiregion':
      return key?.multiRegion === undefined ? 'unknown-value' : [String(key.multiRegion)];
    case 'kms:grantisforawsresource':
      return isCreateGrant && request.via !== undefined ? ['true'] : 'absent';
    case 'kms:grantoperations':
      return isCreateGrant ? parameter(request, 'Operations') : 'absent';
    case 'kms:granteeprincipal':
      return isCreateGrant ? parameter(request, 'GranteePrincipal') : 'absent';
    default:
      throw new Error(`the reference evaluator does not know ${name}`);
  }
}

/** The pairs of the request, for CreateGrant those of the new grant's constraint; undefined where nobody told. */
export function encryptionContext(request: AccessRequest): Readonly<Record<string, string>> | undefined {
  const { key, input } = request;
  if (!plainAction(request.action).encryptionContext) return {};
  if (key?.spec !== undefined && key.spec !== 'SYMMETRIC_DEFAULT') return {};
  if (request.action !== 'CreateGrant') return request.encryptionContext ?? {};
  if (!input) return undefined;
  const constraints = (input['Constraints'] ?? {}) as Readonly<Record<string, Readonly<Record<string, string>>>>;
  return constraints['EncryptionContextEquals'] ?? constraints['EncryptionContextSubset'] ?? {};
}

function parameter({ input }: AccessRequest, name: string): Found {
  if (!input) return 'unknown';
  const value = input[name] as string | readonly string[] | undefined;
  if (value === undefined) return 'absent';
  return typeof value === 'string' ? [value] : several(value);
}

function several(values: readonly string[]): Found {
  return values.length === 0 ? 'absent' : values;
}

/** Names are compared in any case, values are not. */
function tag(tags: Readonly<Record<string, string>>, name: string): Found {
  for (const [key, value] of Object.entries(tags)) if (key.toLowerCase() === name) return [value];
  return 'absent';
}
