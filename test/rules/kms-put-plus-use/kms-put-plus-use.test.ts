import { describe, expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const A = '"arn:aws:iam::111122223333:role/A"';
const B = '"arn:aws:iam::111122223333:role/B"';
const allow = (principal: string, action: string): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": ${action}, "Resource": "*" }`;

test('reports the principal where it may use the key, once', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    ${allow(A, '"kms:Put*"')},
    { "Effect": "Allow", "Principal": { "AWS": [${B}, ${A}] }, "Action": "kms:GenerateDataKey*", "Resource": "*" },
    //                                                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-put-plus-use: \`arn:aws:iam::111122223333:role/A\` may use the key with \`kms:GenerateDataKey\` and change its policy; one stolen
    ${allow(A, '"kms:Decrypt"')}
  `),
  );
});

test('reports one statement that allows both', () => {
  expect(ruleIds('a.key-policy.json', policyOf(allow(A, '["kms:Sign", "kms:PutKeyPolicy"]')))).toHaveLength(1);
});

describe('leaves alone', () => {
  test.each([
    ['two roles', `${allow(A, '"kms:PutKeyPolicy"')}, ${allow(B, '"kms:Decrypt"')}`],
    [
      'administration alone',
      `${allow(A, '"kms:PutKeyPolicy"')}, ${allow(A, '["kms:DescribeKey", "kms:CreateGrant"]')}`,
    ],
    ['the account', `${allow('"111122223333"', '["kms:PutKeyPolicy", "kms:Decrypt"]')}`],
    ['`kms:*`, of which another rule speaks', allow(A, '"kms:*"')],
    ['a Deny', `${allow(A, '"kms:PutKeyPolicy"')}, ${allow(A, '"kms:Decrypt"').replace('Allow', 'Deny')}`],
    ['NotAction', `${allow(A, '"kms:PutKeyPolicy"')}, ${allow(A, '"kms:Sign"').replace('"Action"', '"NotAction"')}`],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
  });
});
