import { expect, test } from 'vitest';
import { check, policyOf, ruleIds } from '../harness.ts';

const FILE = 'orders.key-policy.json';
const allow = (condition: string): string =>
  policyOf(`
    {
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/App" },
      "Action": "kms:GenerateMac",
      "Resource": "*",
      "Condition": { ${condition} }
    }
  `);

test('reports several values', () => {
  check(
    FILE,
    allow(`
      "StringEquals": { "kms:MacAlgorithm": ["HMAC_SHA_256", "HMAC_SHA_384"] }
      //                ^^^^^^^^^^^^^^^^^^ kms-multiple-mac-values: 2 values of \`kms:MacAlgorithm\` mean any of them; a request has one algorithm, so they cannot mean all of them; leave it if that is what is meant, else name one
    `),
  );
});

test.each([
  ['one value', '"StringEquals": { "kms:MacAlgorithm": "HMAC_SHA_256" }'],
  ['a list of one', '"StringEquals": { "kms:MacAlgorithm": ["HMAC_SHA_256"] }'],
  ['a negated operator', '"StringNotEquals": { "kms:MacAlgorithm": ["HMAC_SHA_256", "HMAC_SHA_384"] }'],
  ['another key', '"StringEquals": { "kms:SigningAlgorithm": ["ECDSA_SHA_256", "ECDSA_SHA_384"] }'],
  ['whether there is one', '"Null": { "kms:MacAlgorithm": ["true", "false"] }'],
])('leaves %s alone', (_, condition) => {
  expect(ruleIds(FILE, allow(condition))).toEqual([]);
});
