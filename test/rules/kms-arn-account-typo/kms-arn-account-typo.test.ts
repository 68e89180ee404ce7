import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const file = 'a.iam-policy.json';
const of = (...accounts: string[]): string => {
  const keys = accounts.map((account, index) => `"arn:aws:kms:us-east-1:${account}:key/${index}"`);
  return policyOf(`{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": [${keys.join(', ')}] }`);
};

const marked = policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "arn:aws:kms:us-east-1:123456798012:key/a",
      //                                                                             ^^^^^^^^^^^^ kms-arn-account-typo: the account \`123456798012\` is one slip away from \`123456789012\`
      "Condition": { "StringEquals": { "aws:PrincipalAccount": "123456789012", "aws:ResourceAccount": "123456789012" } } }`);

test('reports digits that are swapped or wrong', () => {
  check(file, marked);
  const mended = fixed(file, marked, 'change to `arn:aws:kms:us-east-1:123456789012:key/a`');
  expect(ruleIds(file, mended)).toEqual([]);
  expect(ruleIds(file, of('111122223333', '111122223333', '111122223334'))).toEqual(['kms-arn-account-typo']);
});

test.each([
  of('111122223333', '111122223333', '444455556666'),
  of('111122223333', '111122223334'),
  of('111122223333', '111122223333', '111122223334', '111122223334'),
  of('111122223333', '111122223333', '${Account}'),
  of('111122223333', '111122223333', '11112222333*'),
])('leaves alone: %s', (text) => {
  expect(ruleIds(file, text)).toEqual([]);
});

test('a list of very many accounts is not compared', () => {
  const many = Array.from({ length: 60 }, (_, index) => String(100000000000 + index * 1111));
  expect(ruleIds(file, of(...many, ...many, '100000000009'))).toEqual([]);
});
