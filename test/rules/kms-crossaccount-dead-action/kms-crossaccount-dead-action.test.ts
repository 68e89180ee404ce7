import { describe, expect, test } from 'vitest';
import { fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const OWN = '{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" }';
const other = (action: string, principal = '"arn:aws:iam::444455556666:root"'): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": ${action}, "Resource": "*" }`;

test('reports what works in the own account alone, and removes it', () => {
  const text = policyOf(`
    ${OWN},
    { "Effect": "Allow", "Principal": { "AWS": "444455556666" }, "Action": ["kms:DescribeKey", "kms:EnableKey"], "Resource": "*" }
    //                                                                                         ^^^^^^^^^^^^^^^ kms-crossaccount-dead-action: \`kms:EnableKey\` does not work from another account; AWS KMS takes it from the key's account 111122223333 alone
  `);
  const mended = fixed('a.key-policy.json', text, 'remove `kms:EnableKey`');
  expect(JSON.parse(mended).Statement[1].Action).toEqual(['kms:DescribeKey']);
});

test('is sure to change nothing only where the account of the key is known', () => {
  const text = policyOf(`${OWN}, ${other('["kms:Decrypt", "kms:PutKeyPolicy"]')}`);
  const titles = (facts: { account?: string }): string[] => fixTitles('a.key-policy.json', text, { facts });
  expect(titles({})).toEqual(['remove `kms:PutKeyPolicy`']);
  expect(titles({ account: '111122223333' })).toEqual(['remove `kms:PutKeyPolicy` (safe)']);
});

describe('leaves alone', () => {
  test.each([
    ['what works across accounts', `${OWN}, ${other('["kms:Decrypt", "kms:CreateGrant", "kms:GetPublicKey"]')}`],
    ['wildcards', `${OWN}, ${other('["kms:Put*", "kms:*"]')}`],
    ['the own account besides', `${OWN}, ${other('"kms:PutKeyPolicy"', '["444455556666", "111122223333"]')}`],
    ['everyone besides', `${OWN}, ${other('"kms:PutKeyPolicy"', '["444455556666", "*"]')}`],
    ['a placeholder', `${OWN}, ${other('"kms:PutKeyPolicy"', '"${Admin}"')}`],
    ['a policy that does not tell the account', other('"kms:PutKeyPolicy"', '"arn:aws:iam::444455556666:role/A"')],
    ['a Deny', `${OWN}, ${other('"kms:PutKeyPolicy"').replace('Allow', 'Deny')}`],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
  });
});
