import type { PolicyKind } from '../../../simulator/facts/elements.ts';
import type { Context } from './context.ts';
import type { Offer } from './offer.ts';
import { partitionOf } from './principals.ts';
import type { Snippet } from './snippet.ts';
import { likelyRegion, seenHere } from './surroundings.ts';

interface StatementShape {
  readonly label: string;
  readonly note: string;
  readonly kinds: readonly PolicyKind[];
  readonly text: (names: Names) => Snippet;
}

interface Names {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** Whole statements for an element of `Statement`. */
export function statementOffers(context: Context): readonly Offer[] {
  const names: Names = {
    partition: partitionOf(context),
    account: context.account || seenHere(context, 'accounts')[0]?.name || '111122223333',
    region: likelyRegion(context),
  };
  const shapes = SHAPES.filter(({ kinds }) => context.kinds.some((kind) => kinds.includes(kind)));
  return [
    {
      label: 'Statement',
      kind: 'whole',
      insert: { type: 'json', text: '{\n\t$0\n}' },
      note: 'an empty one',
      about: { type: 'element', name: 'Statement' },
      again: true,
    },
    ...shapes.map(
      ({ label, note, text }): Offer => ({
        label,
        kind: 'whole',
        insert: { type: 'json', text: text(names) },
        note,
      }),
    ),
  ];
}

const role = ({ partition, account }: Names, name: string, first = 1): Snippet =>
  `{ "AWS": "arn:${partition}:iam::\${${first}:${account}}:role/\${${first + 1}:${name}}" }`;

function statement(members: Readonly<Record<string, Snippet>>): Snippet {
  const lines = Object.entries(members).map(([name, value]) => `\t"${name}": ${value.replaceAll('\n', '\n\t')}`);
  return `{\n${lines.join(',\n')}\n}`;
}

const list = (...actions: readonly string[]): Snippet =>
  `[\n${actions.map((each) => `\t"kms:${each}"`).join(',\n')}\n]`;
const condition = (operator: string, key: string, value: Snippet): Snippet =>
  `{\n\t"${operator}": {\n\t\t"${key}": "${value}"\n\t}\n}`;
const uses = list('Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*', 'DescribeKey');

const SHAPES: readonly StatementShape[] = [
  {
    label: 'Statement: let IAM policies of the account decide',
    note: 'the default key policy',
    kinds: ['key-policy'],
    text: ({ partition, account }) =>
      statement({
        Sid: '"Enable IAM User Permissions"',
        Effect: '"Allow"',
        Principal: `{ "AWS": "arn:${partition}:iam::\${1:${account}}:root" }`,
        Action: '"kms:*"',
        Resource: '"*"',
      }),
  },
  {
    label: 'Statement: administrators of the key',
    note: 'manage, not use',
    kinds: ['key-policy'],
    text: (names) =>
      statement({
        Sid: '"Allow access for Key Administrators"',
        Effect: '"Allow"',
        Principal: role(names, 'KeyAdmin'),
        Action: list(
          ...['Create*', 'Describe*', 'Enable*', 'List*', 'Put*', 'Update*', 'Revoke*', 'Disable*', 'Get*', 'Delete*'],
          ...['TagResource', 'UntagResource', 'ScheduleKeyDeletion', 'CancelKeyDeletion', 'RotateKeyOnDemand'],
        ),
        Resource: '"*"',
      }),
  },
  {
    label: 'Statement: users of the key',
    note: 'encrypt and decrypt',
    kinds: ['key-policy'],
    text: (names) =>
      statement({
        Sid: '"Allow use of the key"',
        Effect: '"Allow"',
        Principal: role(names, 'App'),
        Action: uses,
        Resource: '"*"',
      }),
  },
  {
    label: 'Statement: grants for AWS services',
    note: 'CreateGrant',
    kinds: ['key-policy'],
    text: (names) =>
      statement({
        Sid: '"Allow attachment of persistent resources"',
        Effect: '"Allow"',
        Principal: role(names, 'App'),
        Action: list('CreateGrant', 'ListGrants', 'RevokeGrant'),
        Resource: '"*"',
        Condition: condition('Bool', 'kms:GrantIsForAWSResource', 'true'),
      }),
  },
  {
    label: 'Statement: use through one AWS service',
    note: 'kms:ViaService',
    kinds: ['key-policy'],
    text: (names) =>
      statement({
        Sid: '"Allow use through the service only"',
        Effect: '"Allow"',
        Principal: role(names, 'App'),
        Action: uses,
        Resource: '"*"',
        Condition: condition('StringEquals', 'kms:ViaService', `\${3:s3}.\${4:${names.region}}.amazonaws.com`),
      }),
  },
  {
    label: 'Statement: deny without an encryption context',
    note: 'Deny',
    kinds: ['key-policy'],
    text: () =>
      statement({
        Sid: '"Deny without the encryption context"',
        Effect: '"Deny"',
        Principal: '"*"',
        Action: list('Encrypt', 'Decrypt', 'ReEncrypt*', 'GenerateDataKey*'),
        Resource: '"*"',
        Condition: condition('Null', 'kms:EncryptionContext:${1:key}', 'true'),
      }),
  },
  {
    label: 'Statement: use of a key',
    note: 'encrypt and decrypt',
    kinds: ['iam-policy'],
    text: ({ partition, region, account }) =>
      statement({
        Effect: '"Allow"',
        Action: uses,
        Resource: `"arn:${partition}:kms:\${1:${region}}:\${2:${account}}:key/\${3:*}"`,
      }),
  },
  {
    label: 'Statement: deny deleting keys',
    note: 'Deny',
    kinds: ['scp'],
    text: () =>
      statement({
        Sid: '"DenyDeletingKeys"',
        Effect: '"Deny"',
        Action: list('ScheduleKeyDeletion', 'DeleteImportedKeyMaterial', 'DisableKey'),
        Resource: '"*"',
      }),
  },
  {
    label: 'Statement: deny callers outside the organization',
    note: 'Deny',
    kinds: ['rcp'],
    text: () =>
      statement({
        Sid: '"DenyOutsideOrganization"',
        Effect: '"Deny"',
        Principal: '"*"',
        Action: '"kms:*"',
        Resource: '"*"',
        Condition:
          '{\n\t"StringNotEqualsIfExists": {\n\t\t"aws:PrincipalOrgID": "${1:o-exampleorgid}"\n\t},\n\t"BoolIfExists": {\n\t\t"aws:PrincipalIsAWSService": "false"\n\t}\n}',
      }),
  },
  {
    label: 'Statement: callers of one account',
    note: 'Allow',
    kinds: ['vpce-policy'],
    text: ({ account }) =>
      statement({
        Effect: '"Allow"',
        Principal: '"*"',
        Action: '"kms:*"',
        Resource: '"*"',
        Condition: condition('StringEquals', 'aws:PrincipalAccount', `\${1:${account}}`),
      }),
  },
];
