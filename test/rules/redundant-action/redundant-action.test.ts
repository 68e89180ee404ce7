import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

test('reports what another entry covers; of equal ones the later', () => {
  check(
    'a.iam-policy.json',
    policyOf(`
    { "Effect": "Allow", "Action": ["kms:GenerateDataKey", "kms:Generate*", "kms:Decrypt", "KMS:decrypt"], "Resource": "*" }
    //                              ^^^^^^^^^^^^^^^^^^^^^ redundant-action: \`kms:GenerateDataKey\` is covered by \`kms:Generate*\`
    //                                                                                     ^^^^^^^^^^^^^ redundant-action: \`KMS:decrypt\` is covered by \`kms:Decrypt\`
  `),
  );
});

test('removes it', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": ["kms:*", "kms:Decrypt"], "Resource": "*" }
    //                                       ^^^^^^^^^^^^^ redundant-action
  `);
  expect(fixed('a.iam-policy.json', text, 'remove `kms:Decrypt`')).toContain('"Action": ["kms:*"]');
});

test.each([
  '["kms:Encrypt", "kms:Decrypt"]',
  '["kms:Re*", "kms:*Grant"]',
  '["kms:*", "s3:GetObject"]',
  '["kms:${A}", "kms:${A}"]',
  '"kms:*"',
])('leaves %s alone', (action) => {
  expect(ruleIds('a.iam-policy.json', policyOf(`{ "Effect": "Allow", "Action": ${action}, "Resource": "*" }`))).toEqual(
    [],
  );
});

test('leaves alone what the console writes for administrators of multi-Region keys', () => {
  const found = (actions: string): string[] =>
    ruleIds(
      'a.key-policy.json',
      policyOf(`{ "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": ${actions}, "Resource": "*" }`),
    );
  expect(found('["kms:Update*", "kms:ReplicateKey", "kms:UpdatePrimaryRegion"]')).toEqual([]);
  expect(found('["kms:Update*", "kms:UpdateAlias"]')).toEqual(['redundant-action']);
  expect(found('["kms:*", "kms:UpdatePrimaryRegion"]')).toEqual(['redundant-action']);
});
