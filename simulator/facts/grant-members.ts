/**
 * The members of a grant as people keep it: the input of CreateGrant and the entries of ListGrants.
 *
 * Source: AWS KMS API Reference, CreateGrant, ListGrants, GrantListEntry and GrantConstraints, as in npm package
 * `@aws-sdk/client-kms` 3.1164.0 (Apache-2.0). Checked 2026-11.
 */
export interface GrantMember {
  readonly name: string;
  /** `input`: of CreateGrant; `entry`: of what ListGrants lists; `list`: of ListGrants' output around the entries. */
  readonly in: readonly ('input' | 'entry' | 'list')[];
  readonly type: 'string' | 'strings' | 'object' | 'boolean' | 'time' | 'entries';
  /** CreateGrant wants it. */
  readonly required: boolean;
  /** Members that rule it out: a grant has one grantee and at most one retiring principal. */
  readonly instead?: readonly string[];
  /** One sentence of ours. */
  readonly summary: string;
}

const both = ['input', 'entry'] as const;

export const grantMembers: readonly GrantMember[] = [
  member('KeyId', both, 'string', 'The key: its id or ARN in CreateGrant, of other accounts the ARN.', true),
  member(
    'GranteePrincipal',
    both,
    'string',
    'Who may use the key: the ARN of an account, user, role or session.',
    false,
    ['GranteeServicePrincipal'],
  ),
  member('Operations', both, 'strings', 'What the grant allows, as operations without `kms:`.', true),
  member('Constraints', both, 'object', 'When the grant allows it: encryption contexts, or the resource it is for.'),
  member('RetiringPrincipal', both, 'string', 'Who may retire the grant besides its grantee and the account.', false, [
    'RetiringServicePrincipal',
  ]),
  member('Name', both, 'string', 'A name; CreateGrant with the same name and input twice makes one grant.'),
  member(
    'GranteeServicePrincipal',
    both,
    'string',
    'The AWS service that may use the key; it wants a SourceArn constraint and somebody who may retire the grant.',
    false,
    ['GranteePrincipal'],
  ),
  member('RetiringServicePrincipal', both, 'string', 'The AWS service that may retire the grant.', false, [
    'RetiringPrincipal',
  ]),
  member('GrantTokens', ['input'], 'strings', 'Tokens of new grants that let the caller make this one already.'),
  member('DryRun', ['input'], 'boolean', 'Only asks whether the call would be allowed.'),
  member('GrantId', ['entry'], 'string', 'The id of the grant, for RevokeGrant and RetireGrant.'),
  member('CreationDate', ['entry'], 'time', 'When the grant was made.'),
  member('IssuingAccount', ['entry'], 'string', 'The account under which the grant was made.'),
  member('Grants', ['list'], 'entries', 'The grants.'),
  member('NextMarker', ['list'], 'string', 'Where the next page of a truncated list begins.'),
  member('Truncated', ['list'], 'boolean', 'Whether there are more grants than listed.'),
];

export interface GrantConstraintFact {
  readonly name: string;
  readonly type: 'context' | 'arn';
  readonly instead?: readonly string[];
  /** One sentence of ours. */
  readonly summary: string;
}

export const grantConstraints: readonly GrantConstraintFact[] = [
  {
    name: 'EncryptionContextSubset',
    type: 'context',
    instead: ['EncryptionContextEquals'],
    summary: 'The encryption context of the request has at least these pairs.',
  },
  {
    name: 'EncryptionContextEquals',
    type: 'context',
    instead: ['EncryptionContextSubset'],
    summary: 'The encryption context of the request has exactly these pairs.',
  },
  { name: 'SourceArn', type: 'arn', summary: 'The resource for which an AWS service makes the request.' },
];

const byName = new Map(grantMembers.map((each) => [each.name, each]));
const constraintsByName = new Map(grantConstraints.map((each) => [each.name, each]));

/** The member with exactly this name. */
export function findGrantMember(name: string): GrantMember | undefined {
  return byName.get(name);
}

/** The constraint with exactly this name. */
export function findGrantConstraint(name: string): GrantConstraintFact | undefined {
  return constraintsByName.get(name);
}

function member(
  name: string,
  where: GrantMember['in'],
  type: GrantMember['type'],
  summary: string,
  required = false,
  instead?: readonly string[],
): GrantMember {
  return { name, in: where, type, required, summary, ...(instead ? { instead } : {}) };
}
