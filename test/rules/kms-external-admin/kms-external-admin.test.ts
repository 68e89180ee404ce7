import { describe, expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { check, findings, policyOf, ruleIds } from '../harness.ts';

const OWN = '{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" }';
const other = (action: string, more = '', principal = '"arn:aws:iam::444455556666:root"'): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": ${action}, "Resource": "*"${more} }`;

test('reports a principal of another account with grants', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    ${OWN},
    { "Effect": "Allow", "Principal": { "AWS": ["arn:aws:iam::444455556666:role/A", "111122223333"] }, "Action": "kms:*", "Resource": "*" },
    //                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-external-admin: \`arn:aws:iam::444455556666:role/A\` is not of the key's account 111122223333, and may use \`kms:CreateGrant\` and \`kms:RevokeGrant\`; these work from other accounts, too
    { "Effect": "Allow", "Principal": { "AWS": "444455556666" }, "Action": "kms:RevokeGrant", "Resource": "*" }
    //                                         ^^^^^^^^^^^^^^ kms-external-admin: may use \`kms:RevokeGrant\`; these
  `),
  );
});

test('takes the account of the key from what is known of it', () => {
  const text = policyOf(`${OWN}, ${other('"kms:Create*"')}`);
  const count = (account: string): number => ruleIds('a.key-policy.json', text, { facts: { account } }).length;
  expect([count('111122223333'), count('444455556666'), count('777788889999')]).toEqual([1, 1, 2]);
});

test.each([
  ['"kms:CreateGrant"', 'information'],
  ['["kms:CreateGrant"]', 'information'],
  ['"kms:Create*"', 'warning'],
  ['["kms:CreateGrant", "kms:RevokeGrant"]', 'warning'],
])('says less of %s, with which AWS has another account lend the key to Auto Scaling', (action, severity) => {
  const text = policyOf(`${OWN}, ${other(action)}`);
  const found = findings(new SourceDocument({ uri: 'a.key-policy.json', text }));
  expect(found.filter(({ rule }) => rule.id === 'kms-external-admin').map((each) => each.severity)).toEqual([severity]);
});

describe('leaves alone', () => {
  const LIMIT = ', "Condition": { "Bool": { "kms:GrantIsForAWSResource": "true" } }';
  test.each([
    ['use', `${OWN}, ${other('["kms:Decrypt", "kms:GenerateDataKey*", "kms:DescribeKey"]')}`],
    [
      "AWS's recipe for other accounts",
      `${OWN}, ${other('["kms:CreateGrant", "kms:ListGrants", "kms:RevokeGrant"]', LIMIT)}`,
    ],
    ['a policy that does not tell the account', other('"kms:*"', '', '"arn:aws:iam::444455556666:role/A"')],
    ['a lone account', other('"kms:*"')],
    ['placeholders', `${OWN}, ${other('"kms:*"', '', '"arn:aws:iam::${Partner}:root"')}`],
    ['services', `${OWN}, ${other('"kms:*"').replace(/\{ "AWS": [^}]*\}/, '{ "Service": "dynamodb.amazonaws.com" }')}`],
    [
      'the delegated administrator of IAM Identity Center',
      `${OWN}, ${other('"kms:*"')}, ${other('"kms:Decrypt"').replace(/\{ "AWS": [^}]*\}/, '{ "Service": ["sso.amazonaws.com", "identitystore.amazonaws.com"] }')}`,
    ],
    ['a Deny', `${OWN}, ${other('"kms:*"').replace('Allow', 'Deny')}`],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
  });
});
