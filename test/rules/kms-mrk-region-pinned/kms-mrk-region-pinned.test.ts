import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const of = (resource: string, action = '"kms:Decrypt"', rest = ''): string =>
  policyOf(`{ "Effect": "Allow", "Action": ${action}, "Resource": ${resource}${rest} }`);
const key = (region: string): string => `"arn:aws:kms:${region}:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab"`;

const marked = policyOf(`
    { "Effect": "Deny", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab" }
    //                                                                    ^^^^^^^^^ kms-mrk-region-pinned: is named in one Region alone; its replicas are other keys for policies, so the statement denies nothing on them
    `);

test('reports the Region', () => {
  check(file, marked);
  const mended = fixed(file, marked, 'change the Region to `*`');
  expect(mended).toContain(key('*'));
  expect(ruleIds(file, mended)).toEqual([]);
  expect(ruleIds(file, of(key('us-east-1'), '"kms:*"'))).toEqual(['kms-mrk-region-pinned']);
});

test.each([
  of(`[${key('us-east-1')}, ${key('eu-west-1')}]`),
  of(key('*')),
  of(key('${AWS::Region}')),
  of(key('us-east-1'), '["kms:ReplicateKey", "kms:DescribeKey"]'),
  of(key('us-east-1'), '"kms:Decrypt"', ', "Condition": { "StringEquals": { "aws:RequestedRegion": "us-east-1" } }'),
  of('"arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"'),
  of(key('us-east-1')).replace('"Resource"', '"NotResource"'),
])('leaves alone: %s', (text) => {
  expect(ruleIds(file, text)).toEqual([]);
});
