import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const of = (resource: string, action = 'kms:Decrypt', rest = ''): string =>
  policyOf(`{ "Effect": "Allow", "Action": "${action}", "Resource": "${resource}"${rest} }`);

const marked = policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:*:*:key/*" }
    //                                                        ^^^^^^^^^^^^^^^^^^^^^^^ resource-effectively-star: \`arn:aws:kms:*:*:key/*\` is every key of every account
    `);

test('reports patterns that narrow nothing', () => {
  check(file, marked);
  expect(fixed(file, marked, 'narrow to the keys of an account')).toContain('"arn:aws:kms:*:<account-id>:key/*"');
  for (const resource of ['arn:*:kms:*:*:*', 'arn:aws:kms:*:*:k*', 'arn:aws:kms:*', 'arn:aws:kms:*:*'])
    expect(ruleIds(file, of(resource))).toEqual(['resource-effectively-star']);
});

test.each([
  of('*'),
  of('arn:aws:kms:*:111122223333:key/*'),
  of('arn:aws:kms:us-east-1:*:key/*'),
  of('arn:aws:kms:*:*:key/mrk-*'),
  of('arn:aws:kms:*:*:alias/*'),
  of('arn:aws:kms:*:${Account}:key/*'),
  of('arn:aws:s3:*:*:*'),
  of('arn:aws:kms:*:*:key/*', 'kms:DescribeKey'),
  of('arn:aws:kms:*:*:key/*').replace('Allow', 'Deny'),
  of('arn:aws:kms:*:*:key/*').replace('"Resource"', '"NotResource"'),
  of(
    'arn:aws:kms:*:*:key/*',
    'kms:Decrypt',
    ', "Condition": { "StringEquals": { "aws:ResourceAccount": "111122223333" } }',
  ),
])('leaves alone: %s', (text) => {
  expect(ruleIds(file, text)).toEqual([]);
});
