import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

test('reports `NotPrincipal` in an `Allow`', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow", "NotPrincipal": { "AWS": "111122223333" }, "Action": "kms:Decrypt", "Resource": "*" }
    //                   ^^^^^^^^^^^^^^ principal-notprincipal-allow: allows everyone who is not named; in every AWS account
    `),
  );
});

test.each([
  '"Effect": "Deny", "NotPrincipal": { "AWS": "111122223333" }',
  '"Effect": "Allow", "Principal": { "AWS": "111122223333" }',
  '"Effect": "${Effect}", "NotPrincipal": { "AWS": "111122223333" }',
])('leaves alone: %s', (parts) => {
  expect(ruleIds('a.key-policy.json', policyOf(`{ ${parts}, "Action": "kms:Decrypt", "Resource": "*" }`))).toEqual([]);
});
