import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const allow = (action: string, effect = 'Allow'): string =>
  `{ "Effect": "${effect}", "Principal": { "AWS": "111122223333" }, "Action": ${action}, "Resource": "*" }`;

test('reports a policy with which one can only encrypt', () => {
  check(
    'a.key-policy.json',
    policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:GenerateDataKey*", "Resource": "*" },
    //                                                                     ^^^^^^^^^^^^^^^^^^^^^^ kms-encryption-only-no-decrypt: nobody is allowed \`kms:Decrypt\`; what is encrypted under the key cannot be read; allow
    ${allow('"kms:Decrypt"', 'Deny')}
  `),
  );
  expect(ruleIds('a.key-policy.json', policyOf(allow('"kms:Encrypt"')))).toHaveLength(1);
});

test('is off unless switched on', () => {
  expect(ruleIds('a.key-policy.json', policyOf(allow('"kms:Encrypt"')), { about: 'none' })).toEqual([]);
});

test.each([
  ['decrypting', `${allow('"kms:Encrypt"')}, ${allow('"kms:De*"')}`],
  ['NotAction', `${allow('"kms:Encrypt"')}, ${allow('"kms:PutKeyPolicy"').replace('"Action"', '"NotAction"')}`],
  ['no encryption', allow('["kms:PutKeyPolicy", "kms:Sign"]')],
  ['a placeholder', `${allow('"kms:Encrypt"')}, ${allow('"${More}"')}`],
  ['a statement from a template', `${allow('"kms:Encrypt"')}, "{{ more }}"`],
])('leaves %s alone', (_, statements) => {
  expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
});
