import { expect, test } from 'vitest';
import { titles } from '../found.ts';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const of = (action: string, rest = ''): string =>
  policyOf(`{ "Effect": "Allow", "Action": ${action}, "Resource": "*"${rest} }`);

const marked = policyOf(`
    { "Effect": "Allow", "Action": ["kms:Decrypt"], "Resource": ["*"] }
    //                                                           ^^^ kms-star-resource-crossaccount: \`*\` is every key, those that other accounts share included
    `);

test('reports the use of keys and grants on everything', () => {
  check(file, marked);
  expect(fixed(file, marked, 'narrow to the keys of an account')).toContain('"arn:aws:kms:*:<account-id>:key/*"');
  for (const action of ['"kms:*"', '"kms:CreateGrant"', '"kms:Sign"', '["s3:GetObject", "kms:GenerateDataKey*"]'])
    expect(ruleIds(file, of(action))).toEqual(['kms-star-resource-crossaccount']);
});

test('does not narrow what other actions need', () => {
  expect(titles('kms-star-resource-crossaccount', file, of('["kms:Decrypt", "kms:ListKeys"]'))).toEqual([]);
  expect(titles('kms-star-resource-crossaccount', file, of('["kms:Decrypt", "s3:GetObject"]'))).toEqual([]);
});

test.each([
  of('"kms:DescribeKey"'),
  of('"kms:ScheduleKeyDeletion"'),
  of('["kms:List*", "kms:Describe*", "kms:Get*"]'),
  of('"*"'),
  of('"${Action}"'),
  of('"kms:Decrypt"').replace('Allow', 'Deny'),
  of('"kms:Decrypt"').replace('"Action"', '"NotAction"'),
  of('"kms:Decrypt"').replace('"*"', '"arn:aws:kms:*:111122223333:key/*"'),
  of('"kms:Decrypt"', ', "Condition": { "StringEquals": { "aws:ResourceAccount": "111122223333" } }'),
  of('"kms:Decrypt"', ', "Condition": { "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } }'),
  of('"kms:Decrypt"', ', "Condition": { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/x" } }'),
])('leaves alone: %s', (text) => {
  expect(ruleIds(file, text)).toEqual([]);
  expect(ruleIds('a.scp.json', of('"kms:Decrypt"'))).toEqual([]);
});

test('a condition on who calls narrows no keys', () => {
  const text = of('"kms:Decrypt"', ', "Condition": { "Bool": { "aws:MultiFactorAuthPresent": true } }');
  expect(ruleIds(file, text)).toEqual(['kms-star-resource-crossaccount']);
});
