import { findGrantMember, type GrantMemberFact, grantMembersAt } from '../../../simulator/facts/grant-members.ts';
import { grantOperations } from '../../../simulator/facts/grant-operations.ts';
import { serviceContextKeys } from '../../../simulator/facts/service-contexts.ts';
import type { Path } from '../../../simulator/json/place.ts';
import { accountOffers } from './condition-values.ts';
import { type Context, takenNames, takenValues } from './context.ts';
import { memberOffer, type Offer, stringOffer } from './offer.ts';
import { arnOffers, partitionOf, serviceOffers } from './principals.ts';
import type { Snippet } from './snippet.ts';
import { constraintSnippets } from './snippets.ts';
import { likelyRegion, seenHere } from './surroundings.ts';

/** What belongs at the cursor in grants: the input of CreateGrant, what ListGrants puts out, or a list of either. */
export function grantOffers(context: Context): readonly Offer[] {
  const { cursor } = context;
  const { grant, within, listed } = locate(cursor.path);
  if (cursor.slot === 'name') {
    if (within.length === 0) return memberOffers(context, grant.length === 0, listed);
    if (within.length === 1 && within[0] === 'Constraints') return constraintOffers(context);
    if (within.length === 2 && within[0] === 'Constraints') return contextOffers(context);
    return [];
  }
  const [member, step] = within;
  if (member === 'Operations' && typeof step === 'number') return grantOperationOffers(context);
  if (member === 'Constraints' && step === 'SourceArn') return [];
  return within.length === 1 && typeof member === 'string' ? valueOffers(context, member) : [];
}

/** Where the grant of a path begins: the document, an element of the list, or of `Grants`. */
function locate(path: Path): { readonly grant: Path; readonly within: Path; readonly listed: boolean } {
  const depth = typeof path[0] === 'number' ? 1 : path[0] === 'Grants' && typeof path[1] === 'number' ? 2 : 0;
  const inner = path.slice(depth);
  const nested = depth === 1 && inner[0] === 'Grants' && typeof inner[1] === 'number' ? 2 : 0;
  const at = depth + nested;
  return { grant: path.slice(0, at), within: path.slice(at), listed: path.slice(0, at).includes('Grants') };
}

function memberOffers(context: Context, isRoot: boolean, listed: boolean): readonly Offer[] {
  const taken = takenNames(context);
  const isList = taken.has('Grants');
  const isEntry = listed || ['GrantId', 'CreationDate', 'IssuingAccount'].some((name) => taken.has(name));
  const ofList = grantMembersAt('list');
  const ofGrant = grantMembersAt('grant').filter(({ only }) => only !== (isEntry ? 'request' : 'listed'));
  const belonging = isList ? ofList : [...ofGrant, ...(isRoot && taken.size === 0 ? ofList : [])];
  const members = belonging
    .filter(({ name, instead = [] }) => !taken.has(name) && !instead.some((other) => taken.has(other)))
    .map((member) =>
      memberOffer(member.name, grantMemberSnippet(member), 'element', {
        about: { type: 'grant-member', name: member.name },
        again: true,
      }),
    );
  return isList ? members : [...members, ...constraintSnippets(context)];
}

/** The value of a member of a grant, to be filled in. */
export function grantMemberSnippet({ name, type }: GrantMemberFact): Snippet {
  if (name === 'Constraints') return '{\n\t"$1": { "$2": "$3" }\n}';
  switch (type) {
    case 'strings':
      return '["$1"]';
    case 'boolean':
      return '${1:true}';
    case 'object':
      return '{\n\t$1\n}';
    case 'entries':
      return '[\n\t{\n\t\t$0\n\t}\n]';
    case 'context':
      return '{ "$1": "$2" }';
    case 'string':
    case 'time':
    case 'arn':
      return '"$1"';
  }
}

function valueOffers(context: Context, name: string): readonly Offer[] {
  const type = findGrantMember(name, 'grant')?.type ?? findGrantMember(name, 'list')?.type;
  if (type === 'boolean')
    return ['true', 'false'].map((text): Offer => ({ label: text, kind: 'value', insert: { type: 'json', text } }));
  switch (name) {
    case 'KeyId':
      return keyOffers(context);
    case 'GranteePrincipal':
    case 'RetiringPrincipal':
      return arnOffers(context);
    case 'GranteeServicePrincipal':
    case 'RetiringServicePrincipal':
      return serviceOffers(context);
    case 'IssuingAccount':
      return accountOffers(context);
    default:
      return [];
  }
}

function keyOffers(context: Context): readonly Offer[] {
  const account = context.account || seenHere(context, 'accounts')[0]?.name || '111122223333';
  const start = `arn:${partitionOf(context)}:kms:`;
  const seen = seenHere(context, 'resources').filter(({ name }) => !/[*?]|:alias\//.test(name));
  return [
    ...seen.map(({ name, here }) => stringOffer(name, 'value', here ? {} : { note: 'another document' })),
    {
      label: `${start}…:…:key/…`,
      kind: 'value',
      insert: { type: 'string', text: `${start}\${1:${likelyRegion(context)}}:\${2:${account}}:key/\${3:id}` },
      note: 'to fill in',
    },
  ];
}

/** Usual operations first; those of keys of another usage than the ones that are there fit no key together with them. */
export function grantOperationOffers(context: Context): readonly Offer[] {
  const taken = takenValues(context);
  const usages = [...taken].flatMap((name) => {
    const keyUsages = grantOperations.find((operation) => operation.name === name)?.keyUsages;
    return keyUsages ? [keyUsages] : [];
  });
  const order = (name: string): number => (USUAL.includes(name) ? USUAL.indexOf(name) : USUAL.length);
  return grantOperations
    .filter(({ name }) => !taken.has(name))
    .filter(({ keyUsages }) => usages.every((each) => !keyUsages || each.some((usage) => keyUsages.includes(usage))))
    .sort((a, b) => order(a.name) - order(b.name))
    .map(({ name, keyUsages }) =>
      stringOffer(name, 'action', {
        ...(keyUsages ? { note: keyUsages.join(', ') } : {}),
        about: { type: 'grant-operation', name },
      }),
    );
}

const USUAL = ['Decrypt', 'Encrypt', 'GenerateDataKey', 'DescribeKey', 'ReEncryptFrom', 'ReEncryptTo', 'CreateGrant'];

export function constraintOffers(context: Context): readonly Offer[] {
  const taken = takenNames(context);
  return grantMembersAt('constraints')
    .filter(({ name, instead = [] }) => !taken.has(name) && !instead.some((other) => taken.has(other)))
    .map((fact) =>
      memberOffer(fact.name, grantMemberSnippet(fact), 'element', {
        about: { type: 'grant-constraint', name: fact.name },
        again: true,
      }),
    );
}

/** The encryption context keys that services set. */
function contextOffers(context: Context): readonly Offer[] {
  const [, name] = locate(context.cursor.path).within;
  if (findGrantMember(String(name), 'constraints')?.type !== 'context') return [];
  const taken = takenNames(context);
  return serviceContextKeys
    .filter(({ key }) => !taken.has(key))
    .map(({ key, serviceName }) =>
      memberOffer(key, '"$1"', 'condition-key', { note: serviceName, about: { type: 'context-key', name: key } }),
    );
}
