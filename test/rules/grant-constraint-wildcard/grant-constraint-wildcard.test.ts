import { describe, expect, test } from 'vitest';
import { check, ruleIds } from '../harness.ts';

test('reports the star', () => {
  check(
    'a.kms-grant.json',
    `{
      "GranteePrincipal": "arn:aws:iam::111122223333:role/Orders",
      "Constraints": { "EncryptionContextSubset": { "path": "orders/*" } }
      //                                                            ^ grant-constraint-wildcard: constraints of grants have no wildcards; only a request with exactly \`orders/*\` in its encryption context fits; write the whole value, or use a key policy with \`StringLike\`
    }`,
  );
});

test('reports it in grants that are there, too', () => {
  const text = '{ "Grants": [{ "Constraints": { "EncryptionContextEquals": { "path": "*" } } }] }';
  expect(ruleIds('a.kms-grants.json', text)).toEqual(['grant-constraint-wildcard']);
});

describe('leaves alone', () => {
  test.each([
    ['values without a star', '{ "Constraints": { "EncryptionContextSubset": { "path": "orders/42?" } } }'],
    ['keys', '{ "Constraints": { "EncryptionContextSubset": { "*": "42" } } }'],
    ['what is filled in later', '{ "Constraints": { "EncryptionContextSubset": { "path": "${Path}*" } } }'],
  ])('%s', (_, text) => {
    expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
  });
});
