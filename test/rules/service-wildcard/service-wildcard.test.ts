import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

test('reports a service that is a pattern, and writes it out', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": ["k*:Decrypt", "kms:Encrypt"], "Resource": "*" }
    //                               ^^ service-wildcard: \`k*:Decrypt\` has a wildcard in the name of the service
  `);
  expect(fixed('a.iam-policy.json', text, 'change to `kms:Decrypt`')).toContain('["kms:Decrypt", "kms:Encrypt"]');
});

test.each(['*', '*:*', 's*:GetObject', 'kms:*', 'k(s:*', '${service}:*'])('leaves %s alone', (action) => {
  const text = policyOf(`{ "Effect": "Allow", "Action": ["${action}", "kms:Encrypt"], "Resource": "*" }`);
  expect(ruleIds('a.iam-policy.json', text)).toEqual([]);
});
