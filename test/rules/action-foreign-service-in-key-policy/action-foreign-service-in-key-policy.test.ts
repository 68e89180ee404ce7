import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const allow = (action: string): string =>
  policyOf(`{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "${action}", "Resource": "*" }`);

test('reports actions of other services, and removes them', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": ["s3:GetObject", "kms:Decrypt"], "Resource": "*" }
    //                                                                      ^^^^^^^^^^^^^^ action-foreign-service-in-key-policy: \`s3:GetObject\` is no action of AWS KMS
  `);
  expect(fixed('a.key-policy.json', text, 'remove `s3:GetObject`')).toContain('"Action": ["kms:Decrypt"]');
});

test.each(['kms:Decrypt', 'KMS:Decrypt', '*', '*:Decrypt', '${Service}:Decrypt', 'GetObject'])(
  'leaves %s alone',
  (action) => {
    expect(ruleIds('a.key-policy.json', allow(action))).toEqual([]);
  },
);

test('leaves other kinds of policy alone', () => {
  expect(ruleIds('a.rcp.json', allow('s3:GetObject'))).toEqual([]);
  expect(ruleIds('a.iam-policy.json', allow('s3:GetObject'))).toEqual([]);
});
