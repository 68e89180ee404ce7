import fc from 'fast-check';
import type { PlainCondition } from '../reference/model.ts';
import { KEY_ACCOUNT, LOGS, OTHER_ACCOUNT, REGION } from './pool.ts';

type Values = string | readonly string[];

const STRING = ['StringEquals', 'StringNotEquals', 'StringEqualsIgnoreCase', 'StringNotEqualsIgnoreCase'];
const TEXT = [...STRING, 'StringLike', 'StringNotLike'];
const ARN = ['ArnEquals', 'ArnLike', 'ArnNotEquals', 'ArnNotLike', 'StringLike'];
const ORDER = ['LessThan', 'LessThanEquals', 'GreaterThan', 'GreaterThanEquals', 'Equals', 'NotEquals'];

/** Operators that fit, the key, and values of which about half match what requests bring. */
const single: readonly (readonly [operators: readonly string[], key: string, values: readonly Values[]])[] = [
  [TEXT, 'kms:EncryptionContext:app', ['orders', 'Orders', 'o*s', ['billing', 'orders'], '${aws:PrincipalTag/team}']],
  [TEXT, 'kms:encryptioncontext:APP', ["${aws:username, 'orders'}", '${*}', 'o?ders', []]],
  [TEXT, 'kms:ViaService', [`s3.${REGION}.amazonaws.com`, 's3.*.amazonaws.com', `rds.${REGION}.amazonaws.com`]],
  [TEXT, 'kms:CallerAccount', [KEY_ACCOUNT, OTHER_ACCOUNT, [KEY_ACCOUNT, OTHER_ACCOUNT]]],
  [TEXT, 'kms:RequestAlias', ['alias/orders', 'alias/o*']],
  [STRING, 'kms:KeySpec', ['SYMMETRIC_DEFAULT', 'RSA_2048']],
  [TEXT, 'aws:PrincipalAccount', [KEY_ACCOUNT, '1111*']],
  [ARN, 'aws:PrincipalArn', [`arn:aws:iam::${KEY_ACCOUNT}:role/*`, 'arn:aws:iam::*:user/Ana', 'arn:aws:iam::*:*']],
  [ARN, 'AWS:PrincipalARN', [`arn:aws:iam::${KEY_ACCOUNT}:user/\${aws:PrincipalTag/team}`, 'no-arn', '*']],
  [ARN, 'aws:SourceArn', [`arn:aws:logs:${REGION}:${KEY_ACCOUNT}:log-group:*`, `arn:aws:logs:*:${OTHER_ACCOUNT}:*`]],
  [TEXT, 'aws:PrincipalTag/team', ['red', 'Red', '${aws:PrincipalTag/Team}', 'r*', '*']],
  [TEXT, 'aws:ResourceTag/team', ['red', '${aws:PrincipalTag/team}', ["${aws:PrincipalTag/team, 'blue'}", 'green']]],
  [STRING, 'aws:PrincipalOrgID', ['o-exampleorg1', 'o-exampleorg2']],
  [STRING, 'aws:username', ['Ana', 'ana', '${aws:username}']],
  [STRING, 'aws:RequestedRegion', [REGION, 'us-east-1']],
  [STRING, 'aws:SourceVpce', ['vpce-0a1b2c3d', 'vpce-99999999']],
  [STRING, 'aws:PrincipalServiceName', [LOGS]],
  [STRING, 'kms:GranteePrincipal', [`arn:aws:iam::${KEY_ACCOUNT}:user/Ana`]],
  [['Bool'], 'aws:PrincipalIsAWSService', ['true', 'False']],
  [['Bool'], 'aws:MultiFactorAuthPresent', ['true', 'false']],
  [['Bool'], 'kms:GrantIsForAWSResource', ['true']],
  [['Bool'], 'kms:MultiRegion', ['true', 'false']],
  [
    ['IpAddress', 'NotIpAddress'],
    'aws:SourceIp',
    ['10.0.0.0/8', '192.0.2.7', '2001:db8::/32', ['10.1.0.0/16', '10.0.0.9/24']],
  ],
  [ORDER.map((each) => `Numeric${each}`), 'aws:MultiFactorAuthAge', ['300', '3600.0', ['10', '300']]],
  [
    ORDER.map((each) => `Date${each}`),
    'aws:CurrentTime',
    ['2026-11-01T00:00:00Z', '1793491200', '2026-11-01T12:00:00+02:00'],
  ],
  [TEXT, 'kms:EncryptionContextKeys', ['app', 'a*']],
];

const several: typeof single = [
  [TEXT, 'kms:EncryptionContextKeys', ['app', ['app', 'stage'], 'APP', 's*', []]],
  [TEXT, 'kms:GrantOperations', ['Decrypt', ['Decrypt', 'GenerateDataKey'], 'D*']],
  [TEXT, 'kms:ResourceAliases', ['alias/orders', 'alias/*']],
  [TEXT, 'aws:PrincipalOrgPaths', ['o-exampleorg1/r-ab12/ou-ab12-11111111/', 'o-exampleorg1/*']],
  [TEXT, 'aws:PrincipalTag/team', ['red', 'r*']],
  [['IpAddress', 'NotIpAddress'], 'aws:SourceIp', ['10.0.0.0/8']],
];

type Entry = readonly [operator: string, key: string, values: Values];

function entries(rows: typeof single, sets: readonly string[]): fc.Arbitrary<Entry> {
  return fc
    .tuple(fc.constantFrom(...rows), fc.nat(), fc.nat(), fc.constantFrom(...sets), fc.constantFrom('', '', 'IfExists'))
    .map(([[operators, key, values], operator, value, set, suffix]): Entry => {
      const name = operators[operator % operators.length] ?? '';
      return [`${set}${name}${suffix}`, key, values[value % values.length] ?? ''];
    });
}

const nulls = fc
  .tuple(fc.constantFrom(...single, ...several), fc.constantFrom('true', 'false'))
  .map(([[, key], value]): Entry => ['Null', key, value]);

const entry = fc.oneof(
  { weight: 6, arbitrary: entries(single, ['']) },
  { weight: 2, arbitrary: entries(several, ['ForAllValues:', 'ForAnyValue:']) },
  { weight: 1, arbitrary: nulls },
);

/** One to three comparisons, under one operator or several. */
export const condition: fc.Arbitrary<PlainCondition> = fc.array(entry, { minLength: 1, maxLength: 3 }).map((found) => {
  const block: Record<string, Record<string, Values>> = {};
  for (const [operator, key, values] of found) block[operator] = { ...block[operator], [key]: values };
  return block;
});
