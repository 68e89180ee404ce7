import { describe, expect, test } from 'vitest';
import { fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const ROLE = '"arn:aws:iam::111122223333:role/A"';
const statement = (condition = '', principal = ROLE, action = '"kms:CreateGrant"'): string =>
  policyOf(
    `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": ${action}, "Resource": "*"${condition && `, "Condition": { ${condition} }`} }`,
  );

test('reports the action, and limits the grants', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": ${ROLE} }, "Action": ["kms:CreateGrant", "kms:ListGrants"], "Resource": "*" }
    //                                                                                          ^^^^^^^^^^^^^^^^^ kms-creategrant-unrestricted: \`kms:CreateGrant\` allows grants of any kind to anybody; whoever may make them can lend the key
  `);
  const mended = fixed('a.key-policy.json', text, 'require `kms:GrantIsForAWSResource`');
  expect(JSON.parse(mended).Statement[0].Condition).toEqual({ Bool: { 'kms:GrantIsForAWSResource': 'true' } });
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
});

test('reports it with conditions on other things', () => {
  expect(ruleIds('a.key-policy.json', statement('"Bool": { "aws:MultiFactorAuthPresent": "true" }'))).toHaveLength(1);
  expect(
    ruleIds('a.key-policy.json', statement('', '["111122223333", "arn:aws:iam::111122223333:user/B"]')),
  ).toHaveLength(1);
});

test('has no fix where the condition would take other actions away', () => {
  expect(fixTitles('a.key-policy.json', statement('', ROLE, '["kms:Decrypt", "kms:CreateGrant"]'))).toEqual([]);
});

describe('leaves alone', () => {
  test.each([
    ['grants for resources of AWS', statement('"Bool": { "kms:GrantIsForAWSResource": "true" }')],
    ['certain operations', statement('"ForAllValues:StringEquals": { "kms:GrantOperations": ["Decrypt"] }')],
    ['a certain grantee', statement(`"ArnEquals": { "kms:GranteePrincipal": ${ROLE} }`)],
    ['a service', statement('"StringEquals": { "kms:ViaService": "ec2.us-east-1.amazonaws.com" }')],
    ['a condition that is yet to be filled in', statement('"StringEquals": { "${Key}": "a" }')],
    ['the account', statement('', '"arn:aws:iam::111122223333:root"')],
    ['a placeholder', statement('', '"${Role}"')],
    ['wildcards, as in the default key policy', statement('', ROLE, '["kms:Create*", "kms:*"]')],
    ['a Deny', statement().replace('Allow', 'Deny')],
  ])('%s', (_, text) => {
    expect(ruleIds('a.key-policy.json', text)).toEqual([]);
  });
});
