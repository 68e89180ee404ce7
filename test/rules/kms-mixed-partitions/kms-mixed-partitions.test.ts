import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const marked = policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
      "Principal": { "AWS": ["arn:aws-cn:iam::111122223333:root", "arn:aws:iam::444455556666:role/App"] },
      //                                                               ^^^ kms-mixed-partitions: belongs to the partition \`aws\`, and the policy to \`aws-cn\`
      "Condition": { "ArnLike": { "aws:PrincipalArn": "arn:aws-cn:iam::*:role/*" } }
    }`);

test('reports the ARN that is not like most', () => {
  check('a.key-policy.json', marked);
  const mended = fixed('a.key-policy.json', marked, 'change to `arn:aws-cn:iam::444455556666:role/App`');
  expect(ruleIds('a.key-policy.json', mended)).toEqual([]);
});

test('of two the later, also in identity policies', () => {
  check(
    'a.iam-policy.json',
    policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt",
      "Resource": ["arn:aws:kms:us-east-1:111122223333:key/a", "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/b"] }
      //                                                            ^^^^^^^^^^ kms-mixed-partitions
    `),
  );
});

test.each([
  '"arn:aws:kms:us-east-1:111122223333:key/a"',
  '["arn:aws:kms:us-east-1:111122223333:key/a", "arn:*:kms:*:111122223333:key/b"]',
  '["arn:aws:kms:us-east-1:111122223333:key/a", "arn:${AWS::Partition}:kms:*:111122223333:key/b"]',
  '["arn:aws:kms:us-east-1:111122223333:key/*", "arn:aws-cn:kms:cn-north-1:444455556666:key/*"]',
  '["arn:aws:kms:us-east-1:111122223333:key/a", "*"]',
])('leaves %s alone', (resource) => {
  const text = policyOf(`{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": ${resource} }`);
  expect(ruleIds('a.iam-policy.json', text)).toEqual([]);
});
