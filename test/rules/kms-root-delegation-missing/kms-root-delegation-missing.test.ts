import { describe, expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const admin = (principal: string, more = ''): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:PutKeyPolicy", "Resource": "*"${more} }`;
const A = '"arn:aws:iam::111122223333:role/A"';
const B = '"arn:aws:iam::111122223333:user/B"';
const ROOT = '"arn:aws:iam::111122223333:root"';
const use = (principal: string): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": "kms:Decrypt", "Resource": "*" }`;

const marked = (statements: string): string => `
      { "Version": "2012-10-17",
        "Statement": [${statements}] }
      //^^^^^^^^^^^ kms-root-delegation-missing: no statement allows anything to the account of the key; identity policies allow nothing on it
`;

test('reports a policy in which no account is a principal, and adds it', () => {
  const mended = fixed(
    'a.key-policy.json',
    marked(`${admin(`[${A}, ${B}]`)}, ${use(A)}`),
    'let the account manage the key',
  );
  expect(JSON.parse(mended).Statement.at(-1).Action).toBe('kms:*');
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
  check('a.key-policy.json', marked(`${admin(A)}, ${admin(B)}`));
});

describe('leaves alone', () => {
  test.each([
    ['the account with other actions', `${admin(`[${A}, ${B}]`)}, ${use(ROOT)}`],
    ['the account', `${admin(`[${A}, ${B}]`)}, ${admin(ROOT)}`],
    ['everyone', `${admin(`[${A}, ${B}]`)}, ${use('"*"')}`],
    ['a placeholder', admin(`[${A}, ${B}, "\${Admin}"]`)],
    ['one administrator, of whom another rule speaks', `${admin(A)}, ${admin(A)}`],
    ['none, of which another rule speaks', use(A)],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
  });
});
