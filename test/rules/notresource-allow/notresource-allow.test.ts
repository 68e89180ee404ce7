import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

test('reports `NotResource` in an `Allow`', () => {
  check(
    'a.iam-policy.json',
    policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "NotResource": "arn:aws:kms:*:111122223333:key/*" }
    //                                            ^^^^^^^^^^^^^ notresource-allow: allows it on everything that is not named
    `),
  );
});

test.each([
  ['"Effect": "Deny", "Action": "kms:Decrypt", "NotResource": "*"', 'a.iam-policy.json'],
  ['"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"', 'a.iam-policy.json'],
  ['"Effect": "Allow", "Action": "kms:Decrypt", "NotResource": "arn:aws:kms:*:111122223333:key/*"', 'a.scp.json'],
  // Of both at once `notaction-notresource` speaks.
  ['"Effect": "Allow", "NotAction": "kms:Decrypt", "NotResource": "arn:aws:s3:::b"', 'a.iam-policy.json'],
])('leaves alone: %s in %s', (parts, file) => {
  expect(ruleIds(file, policyOf(`{ ${parts} }`))).toEqual([]);
});
