/**
 * What the kms condition keys about grants hold; types come from the generated data.
 * Source: KMS Developer Guide, "AWS KMS condition keys". Checked 2026-11.
 */
import { grantOperationNames } from '../grant-operations.ts';
import type { KmsConditionKeyText } from './kms-requests.ts';

/** The documentation and the SDK name different months of spring 2026; this is the earlier one. */
const serviceGrants = { since: '2026-03' };

export const kmsGrantKeys: readonly KmsConditionKeyText[] = [
  {
    name: 'kms:GrantConstraintSourceArn',
    summary: 'The ARN in the SourceArn constraint of the grant to be made.',
    present: 'Present in CreateGrant requests whose grant has a SourceArn constraint.',
    ...serviceGrants,
  },
  {
    name: 'kms:GrantConstraintType',
    summary: 'The kind of encryption context constraint of the grant.',
    present:
      'Present in CreateGrant requests whose grant has an encryption context constraint; also listed for RetireGrant.',
    values: ['EncryptionContextEquals', 'EncryptionContextSubset'],
  },
  {
    name: 'kms:GrantIsForAWSResource',
    summary: "Whether an AWS service that is integrated with KMS makes the request on its caller's behalf.",
    present:
      'Present as true in CreateGrant, ListGrants and RevokeGrant requests that such a service makes, not in direct calls.',
  },
  {
    name: 'kms:GrantOperations',
    summary: 'The operations that the grant to be made allows, as CreateGrant names them, without `kms:`.',
    present: 'Present in CreateGrant requests.',
    values: grantOperationNames,
  },
  {
    name: 'kms:GranteePrincipal',
    summary: 'The ARN of the user, role, session or account that gets the grant.',
    present: 'Present in CreateGrant requests whose grantee is not a service principal.',
  },
  {
    name: 'kms:GranteeServicePrincipal',
    summary: 'The service principal that gets the grant.',
    present: 'Present in CreateGrant requests whose grantee is a service principal.',
    ...serviceGrants,
  },
  {
    name: 'kms:RetiringPrincipal',
    summary: 'The ARN of the principal that may retire the grant.',
    present: 'Present in CreateGrant requests that name a retiring principal.',
  },
  {
    name: 'kms:RetiringServicePrincipal',
    summary: 'The service principal that may retire the grant.',
    present: 'Present in CreateGrant requests that name a retiring service principal.',
    ...serviceGrants,
  },
];
