import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const file = 'a.key-policy.json';
const of = (key: string, value: string, operator = 'StringEquals', effect = 'Allow'): string =>
  policyOf(`
    { "Effect": "${effect}", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*",
      "Condition": { "${operator}": { "${key}": ${JSON.stringify(value)} } } }`);

test('reports what is compared with itself', () => {
  check(
    file,
    policyOf(`
    { "Effect": "Allow", "Principal": "*", "Action": "kms:Decrypt", "Resource": "*",
      "Condition": { "StringEquals": { "aws:PrincipalAccount": "\${aws:PrincipalAccount}" } } }
      //                                                       ^^^^^^^^^^^^^^^^^^^^^^^^^ variable-too-permissive: is what the caller brings along, compared with \`aws:PrincipalAccount\`
    `),
  );
});

test.each([
  ['aws:PrincipalOrgID', 'o-${aws:PrincipalTag/org}'],
  ['aws:SourceAccount', '${aws:SourceAccount}'],
  ['kms:CallerAccount', "${aws:PrincipalAccount, '111122223333'}"],
])('reports %s against %s', (key, value) => {
  expect(ruleIds(file, of(key, value))).toEqual(['variable-too-permissive']);
  expect(ruleIds(file, of(key, value, 'StringLike'))).toEqual(['variable-too-permissive']);
  expect(ruleIds(file, of(key, value, 'StringNotEquals'))).toEqual([]);
  expect(ruleIds(file, of(key, value, 'StringEquals', 'Deny'))).toEqual([]);
  expect(ruleIds(file, of(key, value).replace('2012', '2008'))).toEqual([]);
});

test.each([
  ['aws:PrincipalOrgID', '${aws:ResourceOrgID}'],
  ['aws:SourceAccount', '${aws:ResourceAccount}'],
  ['aws:userid', 'AROAEXAMPLEID12345678:${aws:PrincipalTag/name}'],
  ['aws:PrincipalAccount', '${AWS::AccountId}'],
  ['aws:PrincipalTag/team', '${aws:PrincipalTag/team}'],
  ['aws:ResourceAccount', '${aws:PrincipalAccount}'],
])('leaves %s against %s alone', (key, value) => {
  expect(ruleIds(file, of(key, value))).toEqual([]);
});
