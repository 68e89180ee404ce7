import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

test('reports `kms:*` for a role and in identity policies', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/A" }, "Action": "kms:*", "Resource": "*" }
    //                                                                                         ^^^^^^^ service-star: \`kms:*\` allows administering and using at once
  `),
  );
  check(
    'a.iam-policy.json',
    policyOf(`
    { "Effect": "Allow", "Action": ["KMS:*"], "Resource": "*" }
    //                              ^^^^^^^ service-star
  `),
  );
});

test.each([
  [
    'a.key-policy.json',
    '{ "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:root" }, "Action": "kms:*", "Resource": "*" }',
  ],
  ['a.key-policy.json', '{ "Effect": "Deny", "Principal": "*", "Action": "kms:*", "Resource": "*" }'],
  [
    'a.key-policy.json',
    '{ "Effect": "Allow", "Principal": "*", "Action": "kms:*", "Resource": "*", "Condition": { "StringEquals": { "kms:CallerAccount": "111122223333" } } }',
  ],
  ['a.iam-policy.json', '{ "Effect": "Allow", "Action": "kms:Describe*", "Resource": "*" }'],
  ['a.scp.json', '{ "Effect": "Allow", "Action": "kms:*", "Resource": "*" }'],
])('leaves alone in %s: %s', (file, statement) => {
  expect(ruleIds(file, policyOf(statement))).toEqual([]);
});
