import { expect, test } from 'vitest';
import { check, ruleIds } from '../harness.ts';

test('reports the later key', () => {
  check(
    'a.kms-grant.json',
    `{
      "Constraints": { "EncryptionContextEquals": { "order": "42", "stage": "prod", "ORDER": "43" } }
      //                                                                            ^^^^^^^ grant-constraint-case: \`ORDER\` and \`order\` differ in capitals alone; capitals do not count in the keys of a constraint, so which pair a request must have is uncertain; spell the key as the callers do, once
    }`,
  );
});

test('reports it in the output of ListGrants', () => {
  const text = '{ "Grants": [{ "Constraints": { "EncryptionContextSubset": { "a": "1", "A": "1" } } }] }';
  expect(ruleIds('a.kms-grants.json', text)).toHaveLength(1);
});

test.each([
  '{ "Constraints": { "EncryptionContextSubset": { "order": "42", "orders": "42" } } }',
  '{ "Constraints": { "EncryptionContextSubset": { "order": "42", "order": "43" } } }',
  '{ "Constraints": { "EncryptionContextSubset": { "${order}": "42", "${Order}": "43" } } }',
  '[{ "Constraints": { "EncryptionContextSubset": { "a": "1" } } }, { "Constraints": { "EncryptionContextSubset": { "A": "1" } } }]',
])('leaves %s alone', (text) => {
  expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
});
