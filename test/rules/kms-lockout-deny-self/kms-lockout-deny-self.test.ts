import { describe, expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const admin = (principal: string, more = ''): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:PutKeyPolicy", "Resource": "*"${more} }`;
const A = '"arn:aws:iam::111122223333:role/A"';
const B = '"arn:aws:iam::111122223333:user/B"';
const ROOT = '"arn:aws:iam::111122223333:root"';
const use = (principal: string): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:Decrypt", "Resource": "*" }`;

const deny = (principal: string, condition = ''): string =>
  admin('1', condition && `, "Condition": { ${condition} }`)
    .replace('Allow', 'Deny')
    .replace('{ "AWS": 1 }', principal);

test('reports a Deny for everyone, and where they were allowed', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    ${admin(`[${A}, ${ROOT}]`)},
    ${deny('"*"')}
    //          ^^^^^^ kms-lockout-deny-self: the \`Deny\` keeps all who may change the key policy from doing so; it wins over every \`Allow\`, and nobody can take it out again; leave \`kms:PutKeyPolicy\` out of it
  `),
  );
});

test.each([
  ['the account of all', `${admin(`[${A}, ${ROOT}]`)}, ${deny(`{ "AWS": ${ROOT} }`)}`],
  ['each by name', `${admin(`[${A}, ${B}]`)}, ${deny(`{ "AWS": [${B}, ${A}] }`)}`],
  [
    'all but others',
    `${admin(A)}, ${deny('"*"', '"StringNotEquals": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/Other" }')}`,
  ],
  [
    'all but other accounts',
    `${admin(ROOT)}, ${deny('"*"', '"ArnNotLike": { "aws:PrincipalArn": "arn:aws:iam::444455556666:role/*" }')}`,
  ],
])('reports a Deny for %s', (_, statements) => {
  expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual(['kms-lockout-deny-self']);
});

describe('leaves alone', () => {
  test.each([
    ['one of two', `${admin(`[${A}, ${B}]`)}, ${deny(`{ "AWS": ${B} }`)}`],
    [
      'all but an administrator',
      `${admin(`[${A}, ${B}]`)}, ${deny('"*"', `"ArnNotLike": { "aws:PrincipalArn": ${A} }`)}`,
    ],
    [
      'all but a role that identity policies may allow it',
      `${admin(ROOT)}, ${deny('"*"', `"StringNotEquals": { "aws:PrincipalArn": ${A} }`)}`,
    ],
    ['a placeholder', `${admin(A)}, ${deny('"*"', '"ArnNotLike": { "aws:PrincipalArn": "${Admin}" }')}`],
    ['a certain role', `${admin(A)}, ${deny('"*"', `"ArnLike": { "aws:PrincipalArn": ${A} }`)}`],
    ['callers without MFA', `${admin(A)}, ${deny('"*"', '"BoolIfExists": { "aws:MultiFactorAuthPresent": "false" }')}`],
    [
      'all but somebody by NotPrincipal',
      `${admin(A)}, ${deny(`{ "AWS": ${B} }`).replace('"Principal"', '"NotPrincipal"')}`,
    ],
    ['other actions', `${admin(A)}, ${deny('"*"').replace('PutKeyPolicy', 'Decrypt')}`],
    ['nobody is allowed it, of which another rule speaks', `${use(A)}, ${deny('"*"')}`],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
  });
});
