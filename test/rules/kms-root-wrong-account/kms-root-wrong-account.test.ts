import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const facts = { account: '111122223333' };
const allow = (principal: string, action = 'kms:*'): string =>
  `{ "Effect": "Allow", "Principal": ${principal}, "Action": "${action}", "Resource": "*" }`;

const OTHER = allow('{ "AWS": "arn:aws:iam::444455556666:root" }');

test('reports the account of another key, and names the own one', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::444455556666:root" }, "Action": "kms:*", "Resource": "*" },
    //                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-root-wrong-account: \`arn:aws:iam::444455556666:root\` is not the account of the key, which is 111122223333; no statement allows anybody there anything, so nobody could ever change the policy; name the account of the key
    { "Effect": "Allow", "Principal": { "AWS": "arn:aws:iam::444455556666:role/A" }, "Action": "kms:Decrypt", "Resource": "*" }
  `);
  const mended = fixed('a.key-policy.json', text, 'change to `arn:aws:iam::111122223333:root`', { facts });
  expect(ruleIds('a.key-policy.json', mended, { facts })).toEqual([]);
});

test('keeps the way in which the account is written', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "444455556666" }, "Action": "kms:*", "Resource": "*" }
    //                                         ^^^^^^^^^^^^^^ kms-root-wrong-account
  `);
  check('a.key-policy.json', text, { facts });
  expect(fixed('a.key-policy.json', text, 'change to `111122223333`', { facts })).toContain('"AWS": "111122223333"');
});

test.each([
  ['the own account', allow('{ "AWS": "111122223333" }')],
  ['another account beside the own one', `${OTHER}, ${allow('{ "AWS": "111122223333" }', 'kms:Decrypt')}`],
  ['a role of the own account', `${OTHER}, ${allow('{ "AWS": "arn:aws:iam::111122223333:role/A" }')}`],
  ['everyone', `${OTHER}, ${allow('"*"')}`],
  ['a placeholder', `${OTHER}, ${allow('{ "AWS": "arn:aws:iam::${Account}:root" }')}`],
  ['roles of other accounts alone', allow('{ "AWS": "arn:aws:iam::444455556666:role/A" }')],
])('leaves %s alone', (_, statements) => {
  expect(ruleIds('a.key-policy.json', policyOf(statements), { facts })).toEqual([]);
});

test('says nothing where the account of the key is not known', () => {
  expect(ruleIds('a.key-policy.json', policyOf(OTHER))).toEqual([]);
});
