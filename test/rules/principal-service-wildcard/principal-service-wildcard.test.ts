import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

test('reports every service in an `Allow`, conditions or not', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow", "Principal": { "Service": "*" }, "Action": "kms:Decrypt", "Resource": "*" },
    //                                             ^^^ principal-service-wildcard: \`*\` under \`Service\` lets in every service of AWS
    { "Effect": "Allow", "Principal": { "Service": ["*"] }, "Action": "kms:Decrypt", "Resource": "*",
    //                                              ^^^ principal-service-wildcard
      "Condition": { "StringEquals": { "aws:SourceAccount": "111122223333" } } }`),
  );
});

test.each([
  '"Effect": "Deny", "Principal": { "Service": "*" }',
  '"Effect": "Allow", "NotPrincipal": { "Service": "*" }',
  '"Effect": "Allow", "Principal": { "AWS": "*" }',
  '"Effect": "Allow", "Principal": { "Service": "s3.amazonaws.com" }',
  '"Effect": "Allow", "Principal": { "Service": "*" }, "Condition": { "StringEquals": { "aws:PrincipalServiceName": "s3.amazonaws.com" } }',
])('leaves alone: %s', (parts) => {
  expect(ruleIds('a.key-policy.json', policyOf(`{ ${parts}, "Action": "kms:Decrypt", "Resource": "*" }`))).toEqual([]);
});
