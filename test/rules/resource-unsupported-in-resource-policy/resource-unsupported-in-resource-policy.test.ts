import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const file = 'a.key-policy.json';
const of = (resource: string, action = '"kms:Decrypt"'): string =>
  policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": ${action}, "Resource": ${resource} }`);

const marked = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:Decrypt", "Resource": "arn:aws:s3:::bucket/*" }
    //                                                                                                ^^^^^^^^^^^^^^^^^^^^^^^ resource-unsupported-in-resource-policy: is no key, and a key policy speaks of its key alone; the statement allows nothing by it
    `);

test('reports what is no key', () => {
  check(file, marked);
  const mended = fixed(file, marked, 'change to `*`');
  expect(JSON.parse(mended).Statement[0].Resource).toBe('*');
  expect(ruleIds(file, mended)).toEqual([]);
});

test.each([
  '"arn:aws:kms:us-east-1:111122223333:alias/x"',
  '"arn:aws:kms:us-east-1:111122223333:keys/x"',
  '["*", "arn:aws:iam::111122223333:role/x"]',
])('reports %s', (resource) => {
  expect(ruleIds(file, of(resource))).toEqual(['resource-unsupported-in-resource-policy']);
});

test.each([
  [of('"*"'), file],
  [of('"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"'), file],
  [of('"arn:aws:kms:*:*:*"'), file],
  [of('"${Arn}"'), file],
  [of('"arn:aws:${Service}:us-east-1:111122223333:x"'), file],
  [of('"arn:aws:kms:us-east-1:111122223333:alias/x"', '["kms:CreateAlias", "kms:Decrypt"]'), file],
  [of('"arn:aws:kms:us-east-1:111122223333:alias/x"', '"kms:*"'), file],
  [of('"arn:aws:s3:::bucket"').replace('"Resource"', '"NotResource"'), file],
  [of('"arn:aws:s3:::bucket"'), 'a.vpce-policy.json'],
])('leaves alone: %s', (text, name) => {
  expect(ruleIds(name, text)).toEqual([]);
});
