import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

test('reports a slip before an action of KMS, and mends it', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": ["km:Decrypt", "kms:Encrypt"], "Resource": "*" }
    //                               ^^ service-unknown: no service of AWS is called \`km\`; the entry does nothing; write \`kms:Decrypt\`
  `);
  expect(fixed('a.iam-policy.json', text, 'change to `kms:Decrypt`')).toContain('["kms:Decrypt", "kms:Encrypt"]');
});

test.each(['ksm:Decrypt', 'kmss:Decrypt', 'mks:Encrypt', 'lms:GenerateDataKey'])('knows %s', (action) => {
  const text = policyOf(`{ "Effect": "Allow", "Action": ["${action}", "kms:Encrypt"], "Resource": "*" }`);
  expect(ruleIds('a.iam-policy.json', text)).toEqual(['service-unknown']);
});

test.each([
  'sms:CreateAlias',
  'dms:TagResource',
  'km:ListFunctions',
  's3:GetObject',
  'KMS:Decrypt',
  'ecs:TagResource',
  'k*:Decrypt',
])('leaves %s alone', (action) => {
  const text = policyOf(`{ "Effect": "Allow", "Action": ["${action}", "kms:Encrypt"], "Resource": "*" }`);
  expect(ruleIds('a.iam-policy.json', text)).toEqual([]);
});

test('is silent about the marks of a whole policy that is right', () => {
  check('a.iam-policy.json', policyOf('{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*" }'));
});
