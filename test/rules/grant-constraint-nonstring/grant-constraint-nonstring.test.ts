import { expect, test } from 'vitest';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

test('reports numbers and booleans, and puts them in quotes', () => {
  const text = `{
    "Constraints": { "EncryptionContextEquals": { "order": 1.50, "paid": "true" } }
    //                                                     ^^^^ grant-constraint-nonstring: \`1.50\` is a number here, and an encryption context is made of texts; AWS KMS rejects the request; write it in double quotes
  }`;
  check('a.kms-grant.json', text);
  expect(JSON.parse(fixed('a.kms-grant.json', text, 'change to `"1.50"`'))).toEqual({
    Constraints: { EncryptionContextEquals: { order: '1.50', paid: 'true' } },
  });
  const paid = '{ "Constraints": { "EncryptionContextSubset": { "paid": true } } }';
  expect(fixTitles('a.kms-grant.json', paid)).toEqual(['change to `"true"` (safe)']);
});

test('reports in both constraints, a value that is overridden not', () => {
  const text =
    '{ "Constraints": { "EncryptionContextEquals": { "a": 1, "a": "1" }, "EncryptionContextSubset": { "a": "1", "a": 1 } } }';
  expect(ruleIds('a.kms-grant.json', text)).toHaveLength(1);
});

test.each([
  '{ "Constraints": { "EncryptionContextSubset": { "order": "42" } } }',
  '{ "Constraints": { "EncryptionContextSubset": { "order": { "Ref": "Order" }, "paid": ["x"], "a": null } } }',
  '{ "Constraints": { "EncryptionContextSubset": 1 } }',
  '{ "Grants": [{ "Constraints": { "EncryptionContextSubset": { "order": 42 } } }] }',
])('leaves %s alone', (text) => {
  expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
});
