/**
 * The members of grants: of a CreateGrant request, and of a grant as ListGrants shows it.
 *
 * Source: AWS KMS API Reference, CreateGrant, GrantConstraints, ListGrants, GrantListEntry; KMS Developer Guide, "Grants
 * in AWS KMS", "Creating grants". Checked 2026-11.
 */
export interface GrantMemberFact {
  readonly name: string;
  /** Where it stands: in the grant itself, in its Constraints, or around the grants in the output of ListGrants. */
  readonly level: 'grant' | 'constraints' | 'list';
  readonly type: 'string' | 'strings' | 'object' | 'boolean' | 'time' | 'entries' | 'context' | 'arn';
  /** `request`: only CreateGrant has it; `listed`: only ListGrants shows it. */
  readonly only?: 'request' | 'listed';
  /** CreateGrant wants it. */
  readonly required?: boolean;
  /** Members that rule it out. */
  readonly instead?: readonly string[];
  /** Sentences of ours. */
  readonly summary: string;
}

export const grantMembers: readonly GrantMemberFact[] = [
  {
    ...member(
      'KeyId',
      'string',
      'The key, by id or ARN; not by alias. For a key of another account it must be the ARN.',
    ),
    required: true,
  },
  {
    ...member(
      'GranteePrincipal',
      'string',
      'Who gets the grant: an account, user, role or session, by ARN, of any account. A group, an organization or a service cannot be one. It excludes `GranteeServicePrincipal`.',
    ),
    instead: ['GranteeServicePrincipal'],
  },
  {
    ...member(
      'Operations',
      'strings',
      'What the grant allows: names of operations without `kms:`, no wildcards, and only such as fit the type and usage of the key.',
    ),
    required: true,
  },
  member(
    'Constraints',
    'object',
    'What requests must satisfy for the grant to count. Encryption context constraints work on symmetric encryption keys only.',
  ),
  {
    ...member(
      'RetiringPrincipal',
      'string',
      'Who else may retire the grant: an account, user, role or session. The account that made it always can, the grantee only with the operation `RetireGrant`.',
    ),
    instead: ['RetiringServicePrincipal'],
  },
  member(
    'Name',
    'string',
    'Makes a repeated request harmless: the same name with the same parameters returns the grant that is there. Without a name each call makes a new one.',
  ),
  {
    ...member(
      'GranteeServicePrincipal',
      'string',
      'The AWS service that gets the grant. It wants a `SourceArn` constraint and somebody who can retire the grant, and excludes `GranteePrincipal`.',
    ),
    instead: ['GranteePrincipal'],
  },
  {
    ...member(
      'RetiringServicePrincipal',
      'string',
      'The AWS service that may retire the grant; it excludes `RetiringPrincipal`.',
    ),
    instead: ['RetiringPrincipal'],
  },
  {
    ...member(
      'GrantTokens',
      'strings',
      'Tokens of grants that are too new to be known everywhere; they let this request count on them at once. At most 10.',
    ),
    only: 'request',
  },
  {
    ...member('DryRun', 'boolean', 'With `true` KMS only says whether the request would succeed, and makes no grant.'),
    only: 'request',
  },
  { ...member('GrantId', 'string', 'The id of the grant, which RevokeGrant and RetireGrant take.'), only: 'listed' },
  { ...member('CreationDate', 'time', 'When the grant was made.'), only: 'listed' },
  {
    ...member('IssuingAccount', 'string', 'The account in which the grant was made; it may retire the grant.'),
    only: 'listed',
  },
  {
    name: 'EncryptionContextSubset',
    level: 'constraints',
    type: 'context',
    instead: ['EncryptionContextEquals'],
    summary:
      'The encryption context of a request must have all these pairs and may have more. At most 8 pairs; it excludes `EncryptionContextEquals`.',
  },
  {
    name: 'EncryptionContextEquals',
    level: 'constraints',
    type: 'context',
    instead: ['EncryptionContextSubset'],
    summary:
      'The encryption context of a request must be exactly these pairs. At most 8 pairs; it excludes `EncryptionContextSubset`.',
  },
  {
    name: 'SourceArn',
    level: 'constraints',
    type: 'arn',
    summary:
      'The resource for which the service may use the grant, compared with `aws:SourceArn` of the request. Grants to services must have it.',
  },
  { name: 'Grants', level: 'list', type: 'entries', summary: 'The grants of the key, as ListGrants returns them.' },
  {
    name: 'NextMarker',
    level: 'list',
    type: 'string',
    summary: 'Where the next page begins; there only where the list was cut off.',
  },
  {
    name: 'Truncated',
    level: 'list',
    type: 'boolean',
    summary: 'Whether the list was cut off and goes on at `NextMarker`.',
  },
];

/** What an encryption context constraint does to a grant operation, by the table of grant operations. */
export const constraintEffects = {
  request: 'the encryption context of the request must satisfy it',
  'child-grant': 'a grant made with this one must have a constraint at least as strict',
  ignored: 'not restricted, since the operation carries no encryption context',
  impossible: 'not possible, since keys for it take no encryption context',
} as const;

/** The members at one level, in the order in which people write them. */
export function grantMembersAt(level: GrantMemberFact['level']): readonly GrantMemberFact[] {
  return grantMembers.filter((fact) => fact.level === level);
}

/** The member with exactly this name at this level. */
export function findGrantMember(name: string, level: GrantMemberFact['level']): GrantMemberFact | undefined {
  return grantMembers.find((fact) => fact.name === name && fact.level === level);
}

function member(name: string, type: GrantMemberFact['type'], summary: string): GrantMemberFact {
  return { name, level: 'grant', type, summary };
}
