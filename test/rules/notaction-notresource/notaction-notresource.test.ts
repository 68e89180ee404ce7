import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

test('reports both together, once', () => {
  check(
    'a.iam-policy.json',
    policyOf(`
    { "Effect": "Allow", "NotAction": "kms:Decrypt", "NotResource": "arn:aws:kms:us-east-1:111122223333:key/*" }
    //                   ^^^^^^^^^^^ notaction-notresource: together allow nearly everything
  `),
  );
});

test.each([
  '{ "Effect": "Deny", "NotAction": "kms:Decrypt", "NotResource": "*" }',
  '{ "Effect": "Allow", "NotAction": "kms:Decrypt", "Resource": "*" }',
  '{ "Effect": "Allow", "Action": "kms:Decrypt", "NotResource": "*" }',
])('leaves %s alone', (statement) => {
  expect(ruleIds('a.iam-policy.json', policyOf(statement))).toEqual([]);
});
