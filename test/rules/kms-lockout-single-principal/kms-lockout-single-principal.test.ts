import { describe, expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const admin = (principal: string, more = ''): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:PutKeyPolicy", "Resource": "*"${more} }`;
const A = '"arn:aws:iam::111122223333:role/A"';
const B = '"arn:aws:iam::111122223333:user/B"';
const ROOT = '"arn:aws:iam::111122223333:root"';
const use = (principal: string): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:Decrypt", "Resource": "*" }`;

const alone = `
    ${admin(A)}
    //${' '.repeat(41)}${'^'.repeat(A.length)} kms-lockout-single-principal: \`arn:aws:iam::111122223333:role/A\` alone may change the key policy; once it is deleted nobody can manage the key
  `;

test('reports the one role that may change the policy, and adds the account', () => {
  const mended = fixed('a.key-policy.json', policyOf(alone), 'let the account manage the key');
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
});

test.each([
  ['named twice', `${admin(A)}, ${admin(`[${A}]`)}`],
  ['while others may use the key', `${admin(A)}, ${use(B)}, ${use(ROOT)}`],
  ['while a Deny stops the others', `${admin(`[${A}, ${B}]`)}, ${admin(B).replace('Allow', 'Deny')}`],
  ['with a condition', admin(A, ', "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "true" } }')],
])('reports it %s', (_, statements) => {
  expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual(['kms-lockout-single-principal']);
});

describe('leaves alone', () => {
  test.each([
    ['two', admin(`[${A}, ${B}]`)],
    ['the account', `${admin(A)}, ${admin(ROOT)}`],
    ['a placeholder', `${admin(A)}, ${admin('"${Admin}"')}`],
    ['a session, of which another rule speaks', admin('"arn:aws:sts::111122223333:assumed-role/A/b"')],
    [
      'a Deny under a condition',
      `${admin(`[${A}, ${B}]`)}, ${admin(B, ', "Condition": { "Bool": { "aws:MultiFactorAuthPresent": "false" } }').replace('Allow', 'Deny')}`,
    ],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
  });
});
