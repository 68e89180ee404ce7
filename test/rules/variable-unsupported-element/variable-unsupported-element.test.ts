import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

test('reports variables where AWS fills in none', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:user/\${aws:username}" },
      //                                                    ^^^^^^^^^^^^^^^ variable-unsupported-element: is a policy variable, and a principal takes none
      "Action": "kms:\${aws:username}",
      //             ^^^^^^^^^^^^^^^ variable-unsupported-element: an action takes none
      "Resource": "arn:aws:kms:\${aws:PrincipalTag/place}:111122223333:key/*"
      //                       ^^^^^^^^^^^^^^^^^^^^^^^^^ variable-unsupported-element: this part of a resource takes none
    }`),
  );
});

test.each([
  'arn:aws:kms:us-east-1:111122223333:key/${aws:PrincipalTag/key}',
  'arn:aws:kms:${AWS::Region}:${AWS::AccountId}:key/*',
  '*',
])('leaves %s alone', (resource) => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "${resource}",
      "Condition": { "StringEquals": { "kms:EncryptionContext:user": "\${aws:username}" } } }`);
  expect(ruleIds('a.iam-policy.json', text)).toEqual([]);
});
