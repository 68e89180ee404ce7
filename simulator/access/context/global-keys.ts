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
import type { AccessRequest } from '../request.ts';

type Derive = (request: AccessRequest, variable: string) => ContextValue;

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
  ['aws:resourceaccount', ({ key, caller }) => known(key?.account ?? accountOf(caller))],

  ['aws:principalaccount', ({ caller }) => optional(accountOf(caller))],
  ['aws:principalarn', ({ caller }) => (caller.type === 'service' ? ABSENT : known(principalArnOf(caller)))],
  ['aws:principalisawsservice', ({ caller }) => present(String(caller.type === 'service'))],
  ['aws:principaltype', ({ caller }) => known(principalType(caller))],
  ['aws:principalservicename', ({ caller }) => optional(caller.type === 'service' ? caller.service : undefined)],
  ['aws:principalservicenameslist', ({ caller }) => optional(caller.type === 'service' ? caller.service : undefined)],
  ['aws:principalorgid', ofAccounts],
  ['aws:principalorgpaths', ofAccounts],
  [
    'aws:principaltag/',
    ({ caller, principalTags }, tag) => (caller.type === 'service' ? ABSENT : tagOf(principalTags, tag)),
  ],
  ['aws:userid', ({ caller }) => known(caller.type === 'root' ? caller.account : undefined)],
  ['aws:username', ({ caller }) => optional(caller.type === 'user' ? lastSegment(caller.name) : undefined)],
  ['aws:tokenissuetime', ofSessions],
  ['aws:multifactorauthpresent', ({ caller }) => (caller.type === 'service' ? ABSENT : UNKNOWN)],
  ['aws:multifactorauthage', ({ caller }) => (caller.type === 'service' ? ABSENT : UNKNOWN)],
  ['aws:federatedprovider', ofRoles],
  ['aws:sourceidentity', ofRoles],
  ['aws:ec2instancesourcevpc', ofRoles],
  ['aws:ec2instancesourceprivateipv4', ofRoles],
  ['aws:assumedroot', ofSessions],

  ['aws:sourceip', () => UNKNOWN],
  ['aws:sourcevpc', () => UNKNOWN],
  ['aws:sourcevpce', () => UNKNOWN],
  ['aws:vpcsourceip', () => UNKNOWN],

  ['aws:sourcearn', ofServices],
  ['aws:sourceaccount', ofServices],
  ['aws:sourceorgid', ofServices],
  ['aws:sourceorgpaths', ofServices],

  ['aws:calledvia', forwarder],
  ['aws:calledviafirst', forwarder],
  ['aws:calledvialast', forwarder],

  ['aws:resourceorgid', () => UNKNOWN],
  ['aws:resourceorgpaths', () => UNKNOWN],
  ['aws:resourcetag/', ({ key }, tag) => (key ? tagOf(key.tags, tag) : ABSENT)],
  ['aws:requesttag/', requestTag],
  ['aws:tagkeys', tagKeys],
]);

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

function tagOf(tags: Readonly<Record<string, string>> | undefined, tag: string): ContextValue {
  if (!tags) return UNKNOWN;
  // Tag keys in condition keys are compared without regard to case.
  const name = Object.keys(tags).find((key) => key.toLowerCase() === tag.toLowerCase());
  return optional(name === undefined ? undefined : tags[name]);
}

const TAGGING = new Set(['CreateKey', 'TagResource']);

function requestTag({ action, input }: AccessRequest, tag: string): ContextValue {
  if (!TAGGING.has(action)) return ABSENT;
  const tags = input && tagsOf(input);
  return input ? tagOf(tags ?? {}, tag) : UNKNOWN;
}

function tagKeys({ action, input }: AccessRequest): ContextValue {
  if (!TAGGING.has(action) && action !== 'UntagResource') return ABSENT;
  if (!input) return UNKNOWN;
  const listed = input['TagKeys'];
  const keys = Array.isArray(listed) ? listed.map(String) : Object.keys(tagsOf(input));
  return keys.length > 0 ? present(...keys) : ABSENT;
}

/** `Tags: [{ TagKey, TagValue }]` of a request as a record. */
function tagsOf(input: Readonly<Record<string, unknown>>): Record<string, string> {
  const tags: Record<string, string> = {};
  const list = input['Tags'];
  for (const tag of Array.isArray(list) ? list : []) {
    if (typeof tag === 'object' && tag !== null && 'TagKey' in tag && 'TagValue' in tag)
      tags[String(tag.TagKey)] = String(tag.TagValue);
  }
  return tags;
}

const lastSegment = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
