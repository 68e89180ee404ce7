import fc from 'fast-check';
import { type DocumentKind, policyKinds } from '../../server/documents/kinds.ts';
import { grantText } from './arbitrary-grants.ts';

/** A kind that rules look at. */
const kind = fc.constantFrom<DocumentKind[]>(...policyKinds, 'grant', 'scenario');
const names = [
  'Version',
  'Id',
  'Statement',
  'Sid',
  'Effect',
  'effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'Actions',
];
const moreNames = [
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
  'AWS',
  'Service',
  'StringEquals',
  'Fn::If',
  '',
  'x',
];
const texts = [
  'Allow',
  'alow',
  'Deny',
  '*',
  'kms:*',
  'kms:Decypt',
  'kms:ReEncrypt',
  's3:GetObject',
  '2012-10-17',
  '${x}',
];
const moreTexts = [
  'kms: Decrypt',
  'kms:',
  'arn:aws:iam::111122223333:role/a-*',
  'arn:aws:iam::111122223333:root',
  '\n"\\',
];

/** Values that look like policies often enough to come past the first check of each rule. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<unknown>(...texts, ...moreTexts, 1, true, null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names, ...moreNames), tie('value'), { maxKeys: 6 }),
  ),
}));

const conditionValue = fc.constantFrom<unknown>(
  ...['*', 'a*', 'yes', 'true', 'false', '10.0.0.1/8', '203.0.113.1/24', '${aws:username}', '${x}', 'us-east-1a'],
  ...['2026-01-01T00:00:00', '1700000000000', 'arn:aws:iam::111122223333:role/a-*', 'vpc-12', 3, 5, true],
);

/** Conditions by the parts that rules look at, right and wrong. */
const conditionBlock = fc.dictionary(
  fc.constantFrom(
    ...['StringEquals', 'StringsEquals', 'StringLike', 'ForAllValues:StringEquals', 'ForAnyValu:StringLike', 'ArnLike'],
    ...['Bool', 'BoolIfExists', 'Null', 'NullIfExists', 'ForAnyValue:Null', 'NumericLessThan', 'DateLessThan'],
    ...['StringNotEqualsIfExists', 'StringNotLike', 'IpAddress', 'NotIpAddress'],
  ),
  fc.dictionary(
    fc.constantFrom(
      ...['kms:ViaService', 'kms:CalerAccount', 'kms:EncryptionContextKeys', 'kms:EncryptionContext:a', 'kms:KeySpec'],
      ...['aws:SourceIp', 'aws:sourceip', 'aws:VpcSourceIp', 'aws:PrincipalTag', 'aws:PrincipalTag/team', 'aws:ARN'],
      ...['aws:PrincipalArn', 'aws:PrincipalOrgIDs', 'aws:CurrentTime', 'aws:MultiFactorAuthPresent', 'aws:SourceArn'],
      ...[
        'aws:RequestedRegion',
        'aws:SourceVpc',
        'aws:UserAgent',
        'CallerAccount',
        's3:prefix',
        'aws:PrincipalAccount',
      ],
    ),
    fc.oneof(conditionValue, fc.array(conditionValue, { maxLength: 3 })),
    { maxKeys: 3 },
  ),
  { maxKeys: 3 },
);

const statement = fc.record(
  {
    Sid: fc.constantFrom<unknown>('a', 'b', 1),
    Effect: fc.constantFrom<unknown>('Allow', 'Deny', 'allow', 'Alow', 'yes', '${Effect}', 1),
    effects: fc.constantFrom<unknown>('Allow'),
    Principal: fc.oneof(
      fc.constantFrom<unknown>('*', { AWS: '*' }, { AWS: ['*', '111122223333'] }, { Service: 's3.amazonaws.com' }),
      fc.constantFrom<unknown>({ AWS: 'arn:aws:iam::111122223333:role/a-*' }, { AWS: { Ref: 'Role' } }, []),
      fc.constantFrom<unknown>(
        'arn:aws:iam::111122223333:role/a',
        { aws: '111122223333' },
        { Service: 'S3.amazonaws.com' },
      ),
      fc.constantFrom<unknown>(
        { AWS: ['arn:aws:sts::111122223333:role/a', '1111-2222-3333', 'arn:aws:iam:111122223333:user/a'] },
        { AWS: ['AROAEXAMPLEID12345678', 'arn:aws:iam::444455556666:root'], Service: ['*', 'sns.aws.com'] },
      ),
    ),
    Action: fc.constantFrom<unknown>(
      'kms:*',
      'kms:Decypt',
      'kms:ReEncrypt',
      'kms:disable-key',
      ['kms:ReEncrypt*', 'kms:ReEncrypt', 'kms:Sig'],
      {},
    ),
    NotAction: fc.constantFrom<unknown>('kms:Eecrypt', ['s3:*', 'kms: Decrypt']),
    Resource: fc.constantFrom<unknown>(
      '*',
      [],
      ['arn:aws:KMS:us-east-1:111122223333:key/a', ' arn:aws:kms:*:111122223333:key/b ', 'alias/a'],
      'arn:aws:kms:us-east-1:111122223333:alias/a',
      [
        'arn:aws:kms:us_east_1:1111-2222-3333:key/a',
        'arn:aws:kms:*:111122223333:key/${ aws:userid }',
        'arn:aws:s3:::b',
      ],
    ),
    Condition: fc.oneof(
      conditionBlock,
      fc.constantFrom<unknown>(
        {},
        { StringEquals: { 'kms:EncryptionContextSubset': { a: 'b', c: 'd' } } },
        { StringEquals: { 'kms:EncryptionContextEquals': { a: 'b' }, 'kms:EncryptionContext:x': 'y' } },
        { StringLike: { 'kms:EncryptionContextEquals': 'a' } },
        {
          StringLike: {
            'aws:userid': ['*', '${aws:userid}'],
            'aws:PrincipalTag/a': ['${aws:username', "${ aws:username,'x' }"],
          },
        },
      ),
    ),
    Version: fc.constantFrom<unknown>('2012-10-17'),
  },
  { requiredKeys: [] },
);

const policy = fc.record(
  {
    Version: fc.constantFrom<unknown>('2012-10-17', '2008-10-17', '2012-10-27', '', 1),
    Id: fc.constantFrom<unknown>('a ${aws:username}'),
    Statements: fc.constant<unknown>([]),
    Statement: fc.oneof<fc.Arbitrary<unknown>[]>(statement, fc.array(statement, { maxLength: 3 }), value),
  },
  { requiredKeys: [] },
);

/** The text of a policy, written in several ways, some of it as get-key-policy prints it. */
const policyText = fc
  .tuple(fc.oneof(policy, policy, value), fc.constantFrom(0, 2, '\t'), fc.boolean())
  .map(([content, indent, embedded]) => {
    const text = JSON.stringify(content, null, indent);
    return embedded ? JSON.stringify({ Policy: text, PolicyName: 'default' }, null, indent) : text;
  });

/** A text and the kind of document that it is read as: a policy as any kind, grants as grants. */
export const written: fc.Arbitrary<readonly [text: string, configured: DocumentKind]> = fc.oneof(
  fc.tuple(policyText, kind),
  fc.tuple(grantText, fc.constant('grant' as const)),
);

/** A text with a few stretches cut out, doubled or replaced. */
export const brokenText = fc
  .tuple(
    written,
    fc.array(fc.tuple(fc.nat(), fc.nat(12), fc.constantFrom('', ',', '"', '{', ']', '//', '{{ x }}', '\n')), {
      maxLength: 4,
    }),
  )
  .map(([[text, configured], cuts]) => {
    const broken = cuts.reduce((now, [at, length, put]) => {
      const start = at % (now.length + 1);
      return now.slice(0, start) + put + now.slice(start + length);
    }, text);
    return [broken, configured] as const;
  });

/** The same, broken or not, or no document at all. */
export const anything: typeof written = fc.oneof(
  written,
  brokenText,
  fc.tuple(fc.oneof(fc.json(), fc.string({ unit: 'binary' })), kind),
);
