import { grantMembersAt } from '../../../simulator/facts/grant-members.ts';
import { type JsonNode, type JsonObject, valueOf } from '../../../simulator/json/node.ts';
import type { Grant } from '../../../simulator/policy/grant.ts';
import { isPlaceholderSegment } from '../../../simulator/policy/syntax/placeholder.ts';
import type { Example, Source } from '../rule.ts';
import { bringsMembers, lacks, meantElement } from './elements.ts';

export const createGrantPage: Source = {
  title: 'AWS KMS API Reference: CreateGrant',
  url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html',
};

export const grantConstraintsPage: Source = {
  title: 'AWS KMS API Reference: GrantConstraints',
  url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_GrantConstraints.html',
};

export const createGrantGuide: Source = {
  title: 'AWS KMS Developer Guide: Creating grants',
  url: 'https://docs.aws.amazon.com/kms/latest/developerguide/create-grant-overview.html',
};

/** The input of CreateGrant for a role, with other members in place of these; an undefined one is left out. */
export function grantWith(members: Readonly<Record<string, unknown>>): Example {
  const grant = {
    KeyId: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    GranteePrincipal: 'arn:aws:iam::111122223333:role/Orders',
    RetiringPrincipal: 'arn:aws:iam::111122223333:role/KeyAdmin',
    Operations: ['Decrypt', 'GenerateDataKey'],
    ...members,
  };
  return { file: 'orders.kms-grant.json', text: `${JSON.stringify(grant, null, 2)}\n` };
}

const names = {
  grant: grantMembersAt('grant').map(({ name }) => name),
  constraints: grantMembersAt('constraints').map(({ name }) => name),
};

/** Whether an object has a member that counts: the command line prints empty texts for those to be filled in or removed. */
export function gives(object: JsonObject, name: string): boolean {
  const value = valueOf(object, name);
  return value !== undefined && value.type !== 'null' && !(value.type === 'string' && value.value === '');
}

/** Members by name; of several with the same name the last one counts. */
export function countingMembers({ members }: JsonObject): Map<string, JsonNode | undefined> {
  return new Map(members.map(({ key, value }) => [key.value, value]));
}

/** Whether an object has none of the members, however they are spelt, and no template can bring one in. */
export function lacksMembers(object: JsonObject, level: keyof typeof names, ...wanted: readonly string[]): boolean {
  return lacks(object, wanted, names[level]);
}

/** Whether every member is one of a grant or has nothing to do with one: none is misspelt, or a template's. */
export function isClear({ members }: JsonObject): boolean {
  return members.every(
    ({ key }) => isGrantMember(key.value) || !(bringsMembers(key.value) || meantElement(key.value, names.grant)),
  );
}

/** Whether a grant has a member of this name. */
export function isGrantMember(name: string): boolean {
  return names.grant.includes(name);
}

/** Whether it has a member of a grant at all: what has none is something else, or has yet to be begun. */
export function isBegun({ object }: Grant): boolean {
  return object.members.some(({ key }) => isGrantMember(key.value));
}

/** Whether a text, or a part of it, is yet to be filled in. */
export function isOpen(text: string): boolean {
  return isPlaceholderSegment(text, 'resource');
}
