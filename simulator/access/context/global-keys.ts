import {
  ABSENT,
  type ContextValue,
  known,
  optional,
  present,
  UNKNOWN,
  UNKNOWN_VALUE,
} from '../../policy/context-value.ts';
import type { Caller } from '../caller.ts';
import { accountOf, principalArnOf } from '../caller.ts';
import type { AccessRequest, OrganizationPlace } from '../request.ts';
import type { Derive } from './derive.ts';
import { atEndpoint, endpointId, sourceIp } from './network.ts';
import { requestTag, tagKeys, tagOf } from './tags.ts';

/**
 * The global condition keys by their presence rules, names in lower case; a name that ends in `/` takes a tag key.
 * Source: IAM User Guide, "AWS global condition context keys", availability of each key; checked 2026-11.
 */
export const globalKeys: ReadonlyMap<string, Derive> = new Map<string, Derive>([
  ['aws:currenttime', ({ now }) => known(now === undefined ? undefined : new Date(now).toISOString())],
  ['aws:epochtime', ({ now }) => known(now === undefined ? undefined : String(Math.floor(now / 1000)))],
  ['aws:securetransport', () => present('true')],
  ['aws:requestedregion', ({ region }) => present(region)],
  ['aws:useragent', () => UNKNOWN_VALUE],
  ['aws:viaawsservice', ({ via }) => present(String(via !== undefined))],
  ['aws:resourceaccount', ({ key, alias, caller }) => known(key?.account ?? alias?.account ?? accountOf(caller))],

  ['aws:principalaccount', ({ caller }) => optional(accountOf(caller))],
  ['aws:principalarn', ({ caller }) => (caller.type === 'service' ? ABSENT : known(principalArnOf(caller)))],
  ['aws:principalisawsservice', ({ caller }) => present(String(caller.type === 'service'))],
  ['aws:principaltype', ({ caller }) => known(principalType(caller))],
  ['aws:principalservicename', ({ caller }) => optional(caller.type === 'service' ? caller.service : undefined)],
  ['aws:principalservicenameslist', ({ caller }) => optional(caller.type === 'service' ? caller.service : undefined)],
  ['aws:principalorgid', ({ caller, principalOrganization }) => ofOrganization(caller, principalOrganization, 'id')],
  [
    'aws:principalorgpaths',
    ({ caller, principalOrganization }) => ofOrganization(caller, principalOrganization, 'path'),
  ],
  [
    'aws:principaltag/',
    // Users, roles and sessions have tags; a root user cannot.
    ({ caller, principalTags }, tag) =>
      caller.type === 'service' || caller.type === 'root' ? ABSENT : tagOf(principalTags, tag),
  ],
  ['aws:userid', ({ caller }) => known(caller.type === 'root' ? caller.account : undefined)],
  ['aws:username', ({ caller }) => optional(caller.type === 'user' ? lastSegment(caller.name) : undefined)],
  ['aws:tokenissuetime', ofSessions],
  ['aws:multifactorauthpresent', multiFactorAuthPresent],
  ['aws:multifactorauthage', multiFactorAuthAge],
  ['aws:federatedprovider', ofRoles],
  ['aws:sourceidentity', ofRoles],
  ['aws:ec2instancesourcevpc', ofRoles],
  ['aws:ec2instancesourceprivateipv4', ofRoles],
  ['aws:chatbotsourcearn', ofRoles],
  ['aws:viacustomerdomain', ofRoles],
  ['aws:assumedroot', ({ caller }) => (caller.type === 'root' ? UNKNOWN : ABSENT)],
  ['aws:signinsessionarn', ofAccounts],

  ['aws:sourceip', sourceIp],
  ['aws:sourcevpce', endpointId],
  ['aws:sourcevpc', atEndpoint(UNKNOWN_VALUE)],
  ['aws:sourcevpcarn', atEndpoint(UNKNOWN_VALUE)],
  ['aws:vpcsourceip', atEndpoint(UNKNOWN_VALUE)],
  ['aws:vpceaccount', atEndpoint(UNKNOWN_VALUE)],
  ['aws:vpceorgid', atEndpoint(UNKNOWN)],
  ['aws:vpceorgpaths', atEndpoint(UNKNOWN)],

  ['aws:sourcearn', ofServices],
  ['aws:sourceaccount', ofServices],
  ['aws:sourceowner', ofServices],
  ['aws:sourceorgid', ofServices],
  ['aws:sourceorgpaths', ofServices],

  ['aws:calledvia', forwarder],
  ['aws:calledviafirst', forwarder],
  ['aws:calledvialast', forwarder],
  ['aws:calledviaawsmcp', ofAccounts],
  ['aws:viaawsmcpservice', ofAccounts],
  // Present only while an action of such a server is decided, which is none of KMS.
  ['aws:ismcpserviceaction', () => ABSENT],
  ['aws:referer', ofAccounts],

  ['aws:resourceorgid', ({ resourceOrganization }) => placeIn(resourceOrganization, 'id')],
  ['aws:resourceorgpaths', ({ resourceOrganization }) => placeIn(resourceOrganization, 'path')],
  ['aws:resourcetag/', ({ key }, tag) => (key ? tagOf(key.tags, tag) : ABSENT)],
  ['aws:requesttag/', requestTag],
  ['aws:tagkeys', tagKeys],
]);

function ofOrganization(
  caller: Caller,
  place: OrganizationPlace | null | undefined,
  part: 'id' | 'path',
): ContextValue {
  return caller.type === 'service' ? ABSENT : placeIn(place, part);
}

function placeIn(place: OrganizationPlace | null | undefined, part: 'id' | 'path'): ContextValue {
  if (place === undefined) return UNKNOWN;
  return place === null ? ABSENT : present(place[part]);
}

/** Temporary credentials alone carry it. A user who signed in without a second factor is taken to use none of those. */
function multiFactorAuthPresent({ caller, mfa }: AccessRequest): ContextValue {
  if (caller.type === 'service') return ABSENT;
  if (mfa === undefined) return UNKNOWN;
  if (mfa) return present('true');
  return caller.type === 'role-session' || caller.type === 'federated-user' ? present('false') : ABSENT;
}

function multiFactorAuthAge({ caller, mfa }: AccessRequest): ContextValue {
  if (caller.type === 'service' || mfa === false) return ABSENT;
  return mfa ? UNKNOWN_VALUE : UNKNOWN;
}

function ofAccounts({ caller }: AccessRequest): ContextValue {
  return caller.type === 'service' ? ABSENT : UNKNOWN;
}

function ofSessions({ caller }: AccessRequest): ContextValue {
  if (caller.type === 'role-session' || caller.type === 'federated-user') return UNKNOWN_VALUE;
  // A user or the root user may hold temporary credentials of its own.
  return caller.type === 'service' ? ABSENT : UNKNOWN;
}

function ofRoles({ caller }: AccessRequest): ContextValue {
  return caller.type === 'role-session' ? UNKNOWN : ABSENT;
}

/** Only a service that calls as itself, for one of its resources, brings the resource's ARN and account. */
function ofServices({ caller }: AccessRequest): ContextValue {
  return caller.type === 'service' ? UNKNOWN : ABSENT;
}

function forwarder({ via }: AccessRequest): ContextValue {
  return optional(via === undefined ? undefined : `${via.split('.')[0]}.amazonaws.com`);
}

function principalType(caller: Caller): string | undefined {
  switch (caller.type) {
    case 'user':
      return 'User';
    case 'role-session':
      return 'AssumedRole';
    case 'federated-user':
      return 'FederatedUser';
    case 'root':
      return 'Account';
    case 'service':
      return undefined;
  }
}

const lastSegment = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
