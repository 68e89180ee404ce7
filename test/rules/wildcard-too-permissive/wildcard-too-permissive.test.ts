import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const file = 'a.key-policy.json';
const of = (key: string, value: string, operator = 'StringLike', effect = 'Allow'): string =>
  policyOf(`
    { "Effect": "${effect}", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*",
      "Condition": { "${operator}": { "${key}": ${JSON.stringify(value)} } } }`);

test('reports patterns without a beginning', () => {
  check(
    file,
    policyOf(`
    { "Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*",
      "Condition": { "StringLike": { "AWS:PrincipalOrgID": ["o-*", "o-a1b2c3d4e5"] } } }
      //                                                    ^^^^^ wildcard-too-permissive: \`o-*\` fits nearly every value of \`AWS:PrincipalOrgID\`
    `),
  );
});

test.each([
  ['aws:userid', '*'],
  ['aws:userid', '*:*'],
  ['aws:userid', 'AROA*'],
  ['aws:PrincipalAccount', '1*'],
  ['aws:SourceAccount', '?????????????'],
  ['kms:CallerAccount', '*'],
  ['aws:SourceOrgID', 'o-?*'],
])('reports %s like %s', (key, value) => {
  expect(ruleIds(file, of(key, value))).toEqual(['wildcard-too-permissive']);
  expect(ruleIds(file, of(key, value, 'StringLike', 'Deny'))).toEqual([]);
  expect(ruleIds(file, of(key, value, 'StringNotLike'))).toEqual([]);
  // There it is a character like others.
  expect(ruleIds(file, of(key, value, 'StringEquals'))).toEqual([]);
});

test.each([
  ['aws:userid', 'AROAEXAMPLEID12345678:*'],
  ['aws:userid', '*:me@example.com'],
  ['aws:PrincipalOrgPaths', 'o-a1b2c3d4e5/*'],
  ['aws:PrincipalAccount', '111122223333'],
  ['aws:PrincipalAccount', '${Account}*'],
  ['aws:PrincipalTag/team', '*'],
  ['kms:ViaService', '*.us-east-1.amazonaws.com'],
  ['kms:EncryptionContext:x', '*'],
])('leaves %s like %s alone', (key, value) => {
  expect(ruleIds(file, of(key, value))).toEqual([]);
});
