import { describe, expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const allow = (principal: string, action: string, more = ''): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": ${action}, "Resource": "*"${more} }`;
const ROOT = '"arn:aws:iam::111122223333:root"';
const ADMIN =
  '["kms:Put*", "kms:Create*", "kms:Describe*", "kms:Enable*", "kms:Get*", "kms:List*", "kms:Update*", "kms:Revoke*", "kms:Disable*", "kms:Delete*", "kms:ScheduleKeyDeletion", "kms:CancelKeyDeletion"]';

test('reports what identity policies cannot allow', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": ${ROOT} }, "NotAction": ["kms:Decrypt", "kms:Encrypt"], "Resource": "*" }
    //                                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-root-delegation-partial: identity policies of the account cannot allow \`kms:Decrypt\` and \`kms:Encrypt\` on the key; they count only for
  `),
  );
});

test('counts them where they are many', () => {
  const text = policyOf(allow(ROOT, ADMIN));
  expect(ruleIds('a.key-policy.json', text)).toEqual(['kms-root-delegation-partial']);
});

describe('leaves alone', () => {
  test.each([
    ['all', allow(ROOT, '"kms:*"')],
    ['all in several statements', `${allow(ROOT, ADMIN)}, ${allow(ROOT, ADMIN).replace('"Action"', '"NotAction"')}`],
    ['another account besides', `${allow(ROOT, ADMIN)}, ${allow('"444455556666"', '"kms:Decrypt"')}`],
    [
      'everyone',
      `${allow(ROOT, ADMIN)}, ${allow('"*"', '"kms:Decrypt"', ', "Condition": { "StringEquals": { "kms:CallerAccount": "1" } }')}`,
    ],
    ['placeholders', `${allow(ROOT, ADMIN)}, ${allow('"${Root}"', '"kms:*"')}`],
    ['no account', allow('"arn:aws:iam::111122223333:role/A"', ADMIN)],
    ['a policy that nobody may change, of which another rule speaks', allow(ROOT, '"kms:Decrypt"')],
  ])('%s', (_, statements) => {
    expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
  });

  test('another account than that of the key', () => {
    const text = policyOf(`${allow(ROOT, '"kms:*"')}, ${allow('"444455556666"', '"kms:Decrypt"')}`);
    expect(ruleIds('a.key-policy.json', text, { facts: { account: '111122223333' } })).toEqual([]);
    const narrow = policyOf(`${allow(ROOT, ADMIN)}, ${allow('"444455556666"', '"kms:Decrypt"')}`);
    expect(ruleIds('a.key-policy.json', narrow, { facts: { account: '111122223333' } })).toHaveLength(1);
  });
});
