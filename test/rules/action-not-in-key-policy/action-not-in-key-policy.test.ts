import { expect, test } from 'vitest';
import { check, fixed, fixTitles, policyOf, ruleIds } from '../harness.ts';

const allow = (action: string): string =>
  policyOf(`{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": ${action}, "Resource": "*" }`);

test('reports actions about no single key', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": ["kms:Decrypt", "kms:ListKeys"], "Resource": "*" }
    //                                                                                          ^^^^^^^^ action-not-in-key-policy: a key policy cannot allow \`kms:ListKeys\`; the action is about no single key
  `);
  expect(fixed('a.key-policy.json', text, 'remove `kms:ListKeys`')).toContain('"Action": ["kms:Decrypt"]');
});

test.each(['ListAliases', 'CreateKey', 'GenerateRandom', 'CreateCustomKeyStore', 'ListRetirableGrants'])(
  'knows %s',
  (action) => {
    expect(ruleIds('a.key-policy.json', allow(`"kms:${action}"`))).toEqual(['action-not-in-key-policy']);
  },
);

test('removes one of several in bulk, and never the only one', () => {
  expect(fixTitles('a.key-policy.json', allow('["kms:ListKeys"]'))).toEqual([]);
  expect(fixTitles('a.key-policy.json', allow('["kms:ListKeys", "kms:Decrypt"]'))).toEqual([
    'remove `kms:ListKeys` (safe)',
  ]);
});

test('speaks of denying where the statement does', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Deny", "Principal": "*", "Action": "kms:CreateKey", "Resource": "*" }
    //                                                   ^^^^^^^^^ action-not-in-key-policy: a key policy cannot deny
  `),
  );
});

test.each(['"kms:List*"', '"kms:*"', '"kms:CreateAlias"', '"kms:CreateGrant"', '"s3:ListKeys"', '"kms:ListKey"'])(
  'leaves %s alone',
  (action) => {
    expect(ruleIds('a.key-policy.json', allow(action))).toEqual([]);
    expect(ruleIds('a.iam-policy.json', allow('"kms:ListKeys"'))).toEqual([]);
  },
);
