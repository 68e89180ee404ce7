import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const FILE = 'a.iam-policy.json';
const allow = (actions: string, more = ''): string =>
  `{ "Effect": "Allow", "Action": ${actions}, "Resource": "*"${more} }`;
const TAGGED = ', "Condition": { "StringEquals": { "aws:RequestTag/team": "orders" } }';

test('reports half of ReEncrypt, and adds the other', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": "kms:ReEncryptTo", "Resource": "*" }
    //                             ^^^^^^^^^^^^^^^^^ dependent-action: \`kms:ReEncryptTo\` needs \`kms:ReEncryptFrom\` besides, which the policy does not allow; the operation asks for both; allow it here, unless another policy does
  `);
  const mended = fixed(FILE, text, 'add `kms:ReEncryptFrom`');
  expect(JSON.parse(mended).Statement[0].Action).toEqual(['kms:ReEncryptTo', 'kms:ReEncryptFrom']);
});

test('reports tags that nobody may give', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": ["kms:CreateKey"], "Resource": "*",
    //                              ^^^^^^^^^^^^^^^ dependent-action: \`kms:CreateKey\` needs \`kms:TagResource\` besides, which the policy does not allow; the statement demands tags, and to give them is a permission of its own
      "Condition": { "StringEquals": { "aws:RequestTag/team": "orders" } } }
  `);
  check(FILE, text);
});

test.each([
  ['both halves', allow('["kms:ReEncryptFrom", "kms:ReEncryptTo"]')],
  ['both halves in two statements', `${allow('"kms:ReEncryptFrom"')}, ${allow('"kms:Re*"')}`],
  ['a wildcard that is both', allow('"kms:ReEncrypt*"')],
  ['a wildcard for half', allow('"kms:ReEncryptF*"')],
  ['keys without tags', allow('"kms:CreateKey"')],
  ['keys that may have tags', allow('"kms:CreateKey"', TAGGED.replace('StringEquals', 'StringEqualsIfExists'))],
  ['keys with tags', allow('["kms:CreateKey", "kms:TagResource"]', TAGGED)],
  ['tags alone', allow('"kms:TagResource"', TAGGED)],
  ['a replica, of which another rule speaks', allow('"kms:ReplicateKey"')],
  ['a placeholder', `${allow('"kms:ReEncryptFrom"')}, ${allow('"${More}"')}`],
  ['a Deny', allow('"kms:ReEncryptFrom"').replace('Allow', 'Deny')],
  ['all but one action', allow('"kms:ReEncryptFrom"').replace('"Action"', '"NotAction"')],
])('leaves %s alone', (_, statements) => {
  expect(ruleIds(FILE, policyOf(statements))).toEqual([]);
});

test('leaves key policies alone', () => {
  const text = policyOf(
    '{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:ReEncryptFrom", "Resource": "*" }',
  );
  expect(ruleIds('a.key-policy.json', text)).toEqual([]);
});
