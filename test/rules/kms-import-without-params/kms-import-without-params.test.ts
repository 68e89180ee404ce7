import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const allow = (action: string, principal = '111122223333'): string =>
  `{ "Effect": "Allow", "Principal": { "AWS": "${principal}" }, "Action": ${action}, "Resource": "*" }`;

test('reports either half without the other, and adds it', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Principal": { "AWS": "111122223333" }, "Action": "kms:ImportKeyMaterial", "Resource": "*" }
    //                                                                     ^^^^^^^^^^^^^^^^^^^^^^^ kms-import-without-params: \`kms:ImportKeyMaterial\` is of no use without \`kms:GetParametersForImport\`, which nobody is allowed; importing key material takes both
  `);
  const mended = fixed('a.key-policy.json', text, 'add `kms:GetParametersForImport`');
  expect(JSON.parse(mended).Statement[0].Action).toEqual(['kms:ImportKeyMaterial', 'kms:GetParametersForImport']);
  const other = policyOf(allow('["kms:Decrypt", "kms:GetParametersForImport"]'));
  expect(ruleIds('a.key-policy.json', other)).toEqual(['kms-import-without-params']);
});

test.each([
  ['both', allow('["kms:ImportKeyMaterial", "kms:GetParametersForImport"]')],
  [
    'both by different principals',
    `${allow('"kms:ImportKeyMaterial"')}, ${allow('"kms:GetParametersForImport"', 'arn:aws:iam::111122223333:role/A')}`,
  ],
  [
    'the account with all',
    `${allow('"kms:ImportKeyMaterial"', 'arn:aws:iam::111122223333:role/A')}, ${allow('"kms:*"')}`,
  ],
  ['wildcards', allow('"kms:Import*"')],
  ['neither', allow('"kms:Decrypt"')],
  ['a placeholder', `${allow('"kms:ImportKeyMaterial"')}, ${allow('"${More}"')}`],
  ['a Deny', allow('"kms:ImportKeyMaterial"').replace('Allow', 'Deny')],
])('leaves %s alone', (_, statements) => {
  expect(ruleIds('a.key-policy.json', policyOf(statements))).toEqual([]);
});
