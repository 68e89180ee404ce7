import fc from 'fast-check';
import type { DocumentFacts } from '../../server/rules/rule.ts';
import { fromValue } from '../../simulator/json/node.ts';
import { readPolicy } from '../../simulator/policy/document.ts';

const KEY = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';

/** Whom grants name, right and wrong. */
const principals = [
  ...['arn:aws:iam::111122223333:role/Orders', 'arn:aws:iam::111122223333:user/Ana', 'arn:aws:iam::444455556666:root'],
  ...['arn:aws:sts::111122223333:assumed-role/Orders/a', 'arn:aws:iam::111122223333:group/Clerks', '111122223333', '*'],
  ...['dynamodb.us-east-1.amazonaws.com', 'arn:aws:iam::111122223333:role/${Role}', '', 'x', 1],
];
const services = [
  'dynamodb.us-east-1.amazonaws.com',
  's3.amazonaws.com',
  'x',
  '${Service}.amazonaws.com',
  '|`*',
  '',
  null,
];
const operations = [
  ...['Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncryptFrom', 'Sign', 'GenerateMac', 'DescribeKey', 'CreateGrant'],
  ...['RetireGrant', 'ReEncrypt', 'kms:Decrypt', 'decrypt', 'Decypt', 'PutKeyPolicy', '${Operation}', '', 1],
];
const contextValues = [
  'prod',
  '42',
  'p*',
  '${stage}',
  'ana@example.com',
  '4111 1111 1111 1111',
  '',
  42,
  true,
  {},
  null,
];

const context = fc.oneof(
  fc.dictionary(
    fc.constantFrom('stage', 'Stage', 'order', 'kms:EncryptionContext:stage', 'aws:s3:arn', '${key}', 'a|b', ''),
    fc.constantFrom<unknown>(...contextValues),
    { maxKeys: 4 },
  ),
  fc.constantFrom<unknown>(1, null, 'x', Object.fromEntries(Array.from({ length: 9 }, (_, index) => [index, 'x']))),
);

const sourceArn = fc.constantFrom<unknown>(
  ...['arn:aws:dynamodb:us-east-1:111122223333:table/Orders', 'arn:aws:s3:::orders', 'arn:aws:s3::111122223333:a*'],
  ...['arn:aws:sqs:us-east-1:111122223333:Orders', '${SourceArn}', 'x', '', 1],
);

const constraints = fc.oneof(
  fc.record(
    {
      EncryptionContextSubset: context,
      EncryptionContextEquals: context,
      SourceArn: sourceArn,
      'kms:EncryptionContext:stage': fc.constantFrom<unknown>(...contextValues),
      'kms:EncryptionContextEquals': context,
      'aws:SourceArn': sourceArn,
      StringEquals: fc.constantFrom<unknown>({ 'kms:EncryptionContext:stage': 'prod' }, { a: 'b' }, 1),
    },
    { requiredKeys: [] },
  ),
  fc.constantFrom<unknown>({}, null, '${Constraints}', []),
);

const members = {
  KeyId: fc.constantFrom<unknown>(KEY, KEY, '1234abcd-12ab-34cd-56ef-1234567890ab', 'alias/orders', '${KeyId}'),
  Name: fc.constantFrom<unknown>('orders', 'orders worker', 'ssn-078-05-1120', 'a'.repeat(257), '', 1),
  GranteePrincipal: fc.constantFrom<unknown>(...principals),
  RetiringPrincipal: fc.constantFrom<unknown>(...principals),
  GranteeServicePrincipal: fc.constantFrom<unknown>(...services),
  RetiringServicePrincipal: fc.constantFrom<unknown>(...services),
  Operations: fc.oneof(
    fc.array(fc.constantFrom<unknown>(...operations), { maxLength: 4 }),
    fc.constantFrom<unknown>('Decrypt', {}),
  ),
  Constraints: constraints,
  DryRun: fc.constantFrom<unknown>(false, true),
};

const usual = { KeyId: KEY, GranteePrincipal: 'arn:aws:iam::111122223333:role/Orders', Operations: ['Decrypt'] };

/** The input of CreateGrant: any members, or a usual one with a few others, so that lists repeat themselves. */
const input = fc.oneof(
  fc.record(members, { requiredKeys: [] }),
  fc
    .record({ Name: members.Name, Constraints: constraints }, { requiredKeys: [] })
    .map((more) => ({ ...usual, ...more })),
  fc.constant(usual),
);

const listed = fc.tuple(input, fc.constantFrom('1', '2')).map(([grant, GrantId]) => ({
  ...grant,
  GrantId,
  CreationDate: 1.5,
  IssuingAccount: 'arn:aws:iam::111122223333:root',
}));

const grants = fc.oneof<fc.Arbitrary<unknown>[]>(
  input,
  fc.array(input, { maxLength: 4 }),
  fc.record({ Grants: fc.array(fc.oneof(listed, input), { maxLength: 4 }), Truncated: fc.constant(false) }),
  fc.array(fc.oneof<fc.Arbitrary<unknown>[]>(input, fc.constantFrom<unknown>([], 1, { Grants: [usual, usual] })), {
    maxLength: 3,
  }),
);

/** The text of a grant, of a list of them, or of what ListGrants returns. */
export const grantText = fc
  .tuple(grants, fc.constantFrom(0, 2, '\t'))
  .map(([content, indent]) => JSON.stringify(content, null, indent));

const denies = fc.record(
  {
    Principal: fc.constantFrom<unknown>('*', { AWS: 'arn:aws:iam::111122223333:role/Orders' }, { AWS: '${Role}' }),
    Action: fc.constantFrom<unknown>('kms:*', ['kms:Decrypt', 'kms:Sign'], 'kms:DescribeKey'),
    Resource: fc.constant('*'),
    Condition: fc.constantFrom<unknown>(
      {},
      { StringNotEquals: { 'kms:EncryptionContext:stage': 'prod' } },
      { StringNotEquals: { 'kms:CallerAccount': '111122223333' } },
    ),
  },
  { requiredKeys: ['Principal', 'Resource'] },
);

/** What somebody told of a key: plain values, so that a counterexample can be read. */
export const told = fc.record(
  {
    account: fc.constant('111122223333'),
    keySpec: fc.constantFrom('SYMMETRIC_DEFAULT', 'RSA_2048', 'HMAC_256', 'x'),
    keyUsage: fc.constantFrom('ENCRYPT_DECRYPT', 'SIGN_VERIFY', 'x'),
    deny: denies,
  },
  { requiredKeys: [] },
);

type Told = typeof told extends fc.Arbitrary<infer T> ? T : never;

export function factsOf({ deny, ...facts }: Told): DocumentFacts {
  if (!deny) return facts;
  return { ...facts, keyPolicy: readPolicy(fromValue({ Statement: [{ Effect: 'Deny', ...deny }] }), []) };
}
