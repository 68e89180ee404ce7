import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const allow = (principal: string, more = '', action = '"kms:Create*"'): string =>
  policyOf(`{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": ${action}, "Resource": "*"${more} }`);
const ROLE = '"arn:aws:iam::111122223333:role/A"';

test('reports the wildcard, and names the other action', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": ["arn:aws:iam::111122223333:user/A"] }, "Action": ["kms:Create*"], "Resource": "*" }
    //                                                                                            ^^^^^^^^^^^^^ kms-admin-wildcard-creates-grants: \`kms:Create*\` includes \`kms:CreateGrant\`; administrators could lend
  `);
  const mended = fixed('a.key-policy.json', text, 'change to `kms:CreateAlias`');
  expect(JSON.parse(mended).Statement[0].Action).toEqual(['kms:CreateAlias']);
});

test('is off unless switched on', () => {
  expect(ruleIds('a.key-policy.json', allow(ROLE), { about: 'none' })).toEqual([]);
});

test.each([
  ['the account', allow('"111122223333"')],
  ['a placeholder', allow('"${Admin}"')],
  ['limited grants', allow(ROLE, ', "Condition": { "Bool": { "kms:GrantIsForAWSResource": "true" } }')],
  ['the action by name, of which another rule speaks', allow(ROLE, '', '"kms:CreateGrant"')],
  ['a Deny', allow(ROLE).replace('Allow', 'Deny')],
])('leaves %s alone', (_, text) => {
  expect(ruleIds('a.key-policy.json', text)).toEqual([]);
});
