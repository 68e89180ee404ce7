import { describe, expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const admin = (principal: string, more = ''): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:PutKeyPolicy", "Resource": "*"${more} }`;
const A = '"arn:aws:iam::111122223333:role/A"';
const ROOT = '"arn:aws:iam::111122223333:root"';
const use = (principal: string): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:Decrypt", "Resource": "*" }`;

const on = (condition: string): string => `, "Condition": { ${condition} }`;
const IP = '"IpAddress": { "aws:SourceIp": "203.0.113.0/24" }';

test('reports the condition on which all depends, and adds the account without one', () => {
  const start = admin(ROOT, on(IP)).indexOf('"aws:SourceIp"') + 2;
  const text = policyOf(
    `
    ${admin(ROOT, on(IP))}
    //${' '.repeat(start - 2)}^^^^^^^^^^^^^^ kms-lockout-conditional-admin: whether anybody may change the key policy depends on conditions such as \`aws:SourceIp\`; when they no longer hold
  `.replace('//  ', '//'),
  );
  check('a.key-policy.json', text);
  const mended = fixed('a.key-policy.json', text, 'let the account manage the key');
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
});

test.each([
  '"StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }',
  '"StringLike": { "aws:PrincipalTag/Team": "keys" }',
  '"DateLessThan": { "aws:CurrentTime": "2020-01-01T00:00:00Z" }',
  '"NumericLessThanEquals": { "aws:EpochTime": "1577836800" }',
  '"StringEquals": { "kms:CallerAccount": "111122223333", "aws:SourceVpce": "vpce-0123456789abcdef0" }',
])('reports %s', (condition) => {
  const text = policyOf(`${admin(`[${A}, ${ROOT}]`, on(condition))}, ${use(ROOT)}`);
  expect(ruleIds('a.key-policy.json', text)).toEqual(['kms-lockout-conditional-admin']);
});

describe('leaves alone', () => {
  test.each([
    '"StringEquals": { "kms:CallerAccount": "111122223333" }',
    '"Bool": { "aws:MultiFactorAuthPresent": "true" }',
    '"NotIpAddress": { "aws:SourceIp": "203.0.113.0/24" }',
    '"IpAddressIfExists": { "aws:SourceIp": "203.0.113.0/24" }',
    '"DateGreaterThanEquals": { "aws:CurrentTime": "2020-01-01T00:00:00Z" }',
    '"Null": { "aws:PrincipalTag/Team": "false" }',
  ])('%s', (condition) => {
    expect(ruleIds('a.key-policy.json', policyOf(admin(ROOT, on(condition))))).toEqual([]);
  });

  test('another way without a condition', () => {
    expect(ruleIds('a.key-policy.json', policyOf(`${admin(ROOT, on(IP))}, ${admin(A)}`))).toEqual([]);
  });
});
