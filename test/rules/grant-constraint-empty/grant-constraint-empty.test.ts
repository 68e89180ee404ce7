import { describe, expect, test } from 'vitest';
import { check, fixed, ruleIds } from '../harness.ts';

test('reports a constraint without a pair', () => {
  check(
    'a.kms-grant.json',
    `{
      "GranteePrincipal": "arn:aws:iam::111122223333:role/Orders",
      "Constraints": { "EncryptionContextEquals": {} }
      //                                          ^^ grant-constraint-empty: \`EncryptionContextEquals\` has no pair; AWS KMS rejects the request; add a pair of the encryption context, or remove the constraint
    }`,
  );
});

describe('leaves alone', () => {
  test.each([
    ['a pair', '{ "Constraints": { "EncryptionContextSubset": { "a": "b" } } }'],
    ['no constraint', '{ "Constraints": {} }'],
    ['the output of ListGrants', '{ "Grants": [{ "Constraints": { "EncryptionContextSubset": {} } }] }'],
    ['what is being written', '{ "Constraints": { "EncryptionContextSubset": { "a } } }'],
  ])('%s', (_, text) => {
    expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
  });
});

test('offers to remove it', () => {
  const mended = fixed(
    'a.kms-grant.json',
    '{ "Name": "a", "Constraints":\n  { "EncryptionContextSubset": {} }\n//                             ^^ grant-constraint-empty\n}',
    'remove `EncryptionContextSubset`',
  );
  expect(JSON.parse(mended)).toEqual({ Name: 'a', Constraints: {} });
});
