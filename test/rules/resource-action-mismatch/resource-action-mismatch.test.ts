import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const of = (action: string, resource: string): string =>
  policyOf(`{ "Effect": "Allow", "Action": ${action}, "Resource": ${resource} }`);

test('reports the first of the actions, once for a statement', () => {
  check(
    file,
    policyOf(`
    { "Effect": "Allow", "Action": ["s3:GetObject", "kms:Decrypt", "kms:Generate*"], "Resource": "arn:aws:s3:::bucket/*" },
    //                                              ^^^^^^^^^^^^^ resource-action-mismatch: \`kms:Decrypt\` and 1 more of AWS KMS beside resources that are no keys; actions on keys allow nothing on other resources
    { "Effect": "Deny", "Action": "kms:Decrypt", "Resource": ["arn:aws:iam::111122223333:role/x", "arn:aws:kms:us-east-1:111122223333:keys/x"] }
    //                            ^^^^^^^^^^^^^ resource-action-mismatch: actions on keys deny nothing
    `),
  );
});

test.each([
  of('"kms:Decrypt"', '"*"'),
  of('"kms:Decrypt"', '["arn:aws:s3:::b", "arn:aws:kms:*:111122223333:key/*"]'),
  of('"kms:Decrypt"', '["arn:aws:s3:::b", "${KeyArn}"]'),
  of('"kms:Decrypt"', '"arn:aws:kms:us-east-1:111122223333:alias/x"'),
  of('"kms:Decrypt"', '"1234abcd-12ab-34cd-56ef-1234567890ab"'),
  of('"kms:ListKeys"', '"arn:aws:s3:::b"'),
  of('"s3:*"', '"arn:aws:s3:::b"'),
  of('"*"', '"arn:aws:s3:::b"'),
  of('"kms:Decrypt"', '"arn:aws:s3:::b"').replace('"Resource"', '"NotResource"'),
  of('"kms:Decrypt"', '"arn:aws:s3:::b"').replace('"Action"', '"NotAction"'),
])('leaves alone: %s', (text) => {
  expect(ruleIds(file, text)).toEqual([]);
});
