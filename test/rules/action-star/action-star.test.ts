import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

test('reports `*` for a role and for everyone in a key policy, and in an identity policy', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::111122223333:role/A" }, "Action": "*", "Resource": "*" }
    //                                                                                         ^^^ action-star: \`*\` allows everything; changing the policy of the key and deleting it included
  `),
  );
  check(
    'a.iam-policy.json',
    policyOf(`
    { "Effect": "Allow", "Action": ["*:*", "kms:Decrypt"], "Resource": "*" }
    //                              ^^^^^ action-star: every action of every service, those of KMS included; name the actions
  `),
  );
});

const all = (more: string, principal = '"Principal": { "AWS": "arn:aws:iam::111122223333:role/A" }, '): string =>
  `{ ${more}${principal}"Action": "*", "Resource": "*" }`;

test.each([
  [
    'the account',
    'a.key-policy.json',
    '{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "*", "Resource": "*" }',
  ],
  ['a placeholder', 'a.key-policy.json', all('"Effect": "Allow", ', '"Principal": { "AWS": "${Admin}" }, ')],
  ['a Deny', 'a.key-policy.json', all('"Effect": "Deny", ')],
  [
    'conditions',
    'a.key-policy.json',
    all('"Effect": "Allow", "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }, '),
  ],
  [
    'a boundary',
    'a.iam-policy.json',
    `${all('"Effect": "Allow", ', '')}, { "Effect": "Deny", "Action": "kms:ScheduleKeyDeletion", "Resource": "*" }`,
  ],
  ['FullAWSAccess', 'a.scp.json', all('"Effect": "Allow", ', '')],
  [
    '`kms:*`, of which another rule speaks',
    'a.iam-policy.json',
    '{ "Effect": "Allow", "Action": "kms:*", "Resource": "*" }',
  ],
])('leaves %s alone', (_, file, statements) => {
  expect(ruleIds(file, policyOf(statements))).toEqual([]);
});
