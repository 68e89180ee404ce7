import { expect, test } from 'vitest';
import { titles } from '../found.ts';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const rule = 'kms-nonkey-action-with-key-arn';
const of = (action: string, resource: string, effect = 'Allow'): string =>
  policyOf(`{ "Effect": "${effect}", "Action": ${action}, "Resource": ${resource} }`);

const marked = policyOf(`
    { "Effect": "Allow", "Action": ["kms:ListAliases", "kms:CreateKey"], "Resource": ["arn:aws:kms:*:111122223333:key/*"] }
    //                              ^^^^^^^^^^^^^^^^^ kms-nonkey-action-with-key-arn: \`kms:ListAliases\` is about no single key, and \`arn:aws:kms:*:111122223333:key/*\` does not cover it
    //                                                 ^^^^^^^^^^^^^^^ kms-nonkey-action-with-key-arn
    `);

test('reports actions about no key', () => {
  check(file, marked);
  const mended = fixed(file, marked, 'change to `"Resource": "*"`');
  expect(JSON.parse(mended).Statement[0].Resource).toBe('*');
  expect(ruleIds(file, mended)).toEqual([]);
});

test('widens no statement that is about keys as well, and no `Deny` in bulk', () => {
  const key = '"arn:aws:kms:us-east-1:111122223333:key/*"';
  expect(ruleIds(file, of('["kms:ListKeys", "kms:Decrypt"]', key))).toEqual([rule]);
  expect(titles(rule, file, of('["kms:ListKeys", "kms:Decrypt"]', key))).toEqual([]);
  expect(titles(rule, file, of('["kms:ListKeys", "kms:List*"]', key))).toEqual([]);
  expect(titles(rule, file, of('"kms:ListKeys"', key))).toEqual(['change to `"Resource": "*"` (safe)']);
  expect(titles(rule, file, of('"kms:ListKeys"', key, 'Deny'))).toEqual(['change to `"Resource": "*"`']);
});

test.each([
  of('"kms:ListKeys"', '"*"'),
  of('"kms:ListKeys"', '["arn:aws:kms:*:111122223333:key/*", "*"]'),
  of('"kms:ListKeys"', '"${Resource}"'),
  of('"kms:List*"', '"arn:aws:kms:*:111122223333:key/*"'),
  of('"kms:CreateAlias"', '"arn:aws:kms:*:111122223333:key/*"'),
  of('"s3:ListKeys"', '"arn:aws:s3:::b"'),
  of('"kms:ListKeys"', '"arn:aws:kms:*:111122223333:key/*"').replace('"Resource"', '"NotResource"'),
])('leaves alone: %s', (text) => {
  expect(ruleIds(file, text)).toEqual([]);
});
