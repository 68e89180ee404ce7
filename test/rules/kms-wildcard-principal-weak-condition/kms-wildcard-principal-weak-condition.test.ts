import { describe, expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const statement = (condition: string, principal = '"*"', effect = 'Allow'): string =>
  policyOf(
    `{ "Effect": "${effect}", "Principal": ${principal}, "Action": "kms:Decrypt", "Resource": "*", "Condition": ${condition} }`,
  );

test('reports everyone, and pins the account that the policy names', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:*", "Resource": "*" },
    { "Effect": "Allow", "Principal": { "AWS": ["*"] }, "Action": "kms:Decrypt", "Resource": "*",
    //                                          ^^^ kms-wildcard-principal-weak-condition: \`*\` with conditions that say nothing of whose callers they are; callers of every account can meet a condition on \`kms:ViaService\`; add \`kms:CallerAccount\`
      "Condition": { "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } } }
  `);
  const mended = fixed('a.key-policy.json', text, 'require `kms:CallerAccount`');
  expect(JSON.parse(mended).Statement[1].Condition.StringEquals).toEqual({
    'kms:ViaService': 's3.us-east-1.amazonaws.com',
    'kms:CallerAccount': '111122223333',
  });
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
  expect(fixed('a.key-policy.json', text, 'require `aws:PrincipalOrgID`')).toContain('<organization-id>');
});

describe('reports', () => {
  test.each([
    '{ "StringEquals": { "kms:EncryptionContext:Stage": "prod" } }',
    '{ "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } }',
    '{ "StringNotEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }',
    '{ "StringEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } }',
    '{ "ForAllValues:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } }',
    '{ "Null": { "aws:PrincipalOrgID": "false" } }',
    '{ "StringLike": { "kms:CallerAccount": "*" } }',
    '{ "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/App" } }',
    '{ "StringEquals": { "aws:PrincipalTag/Team": "orders" } }',
  ])('%s', (condition) => {
    expect(ruleIds('a.key-policy.json', statement(condition))).toEqual(['kms-wildcard-principal-weak-condition']);
  });
});

describe('leaves alone', () => {
  test.each([
    '{ "StringEquals": { "kms:CallerAccount": "111122223333", "kms:ViaService": "s3.us-east-1.amazonaws.com" } }',
    '{ "StringEquals": { "kms:CallerAccount": "${AWS::AccountId}" } }',
    '{ "StringEquals": { "AWS:principalorgid": "o-a1b2c3d4e5" } }',
    '{ "ForAnyValue:StringLike": { "aws:PrincipalOrgPaths": "o-a1b2c3d4e5/*" } }',
    '{ "ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/App*" } }',
    '{ "StringEquals": { "aws:SourceVpce": "vpce-0123456789abcdef0" } }',
    '{ "StringEquals": { "aws:SourceAccount": "111122223333" } }',
    '{ "StringEquals": { "graph.facebook.com:app_id": "1" } }',
    '{ "StringEquals": { "${Key}": "1" } }',
    '{ "StringEquals": [] }',
    '{}',
  ])('%s', (condition) => {
    const ids = ruleIds('a.key-policy.json', statement(condition));
    expect(ids).toEqual([]);
  });

  const WEAK = '{ "StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" } }';
  test.each([
    ['an account', 'a.key-policy.json', statement(WEAK, '{ "AWS": "111122223333" }')],
    ['a Deny', 'a.key-policy.json', statement(WEAK, '"*"', 'Deny')],
    ['NotPrincipal', 'a.key-policy.json', statement(WEAK).replace('"Principal"', '"NotPrincipal"')],
    ['an endpoint policy', 'a.vpce-policy.json', statement(WEAK)],
  ])('%s', (_, file, text) => {
    expect(ruleIds(file, text)).toEqual([]);
  });
});
