import { expect, test } from 'vitest';
import { titles } from '../found.ts';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

const file = 'a.key-policy.json';
const marked = policyOf(`
    { "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*",
      "Principal": { "AWS": ["AROAEXAMPLEID12345678", "111122223333", "AIDAEXAMPLEID12345678"] }
      //                     ^^^^^^^^^^^^^^^^^^^^^^^ principal-unique-id: \`AROAEXAMPLEID12345678\` is the id of a role that was deleted
      //                                                              ^^^^^^^^^^^^^^^^^^^^^^^ principal-unique-id: the id of a user that was deleted
    }`);

test('reports ids of roles and users', () => {
  check(file, marked);
});

test('removes one of several, and never the only one', () => {
  const mended = fixed(file, marked, 'remove `AROAEXAMPLEID12345678`');
  expect(JSON.parse(mended).Statement[0].Principal.AWS).toEqual(['111122223333', 'AIDAEXAMPLEID12345678']);
  const only = policyOf(
    '{ "Effect": "Allow", "Principal": { "AWS": ["AROAEXAMPLEID12345678"] }, "Action": "kms:Decrypt", "Resource": "*" }',
  );
  expect(ruleIds(file, only)).toEqual(['principal-unique-id']);
  expect(titles('principal-unique-id', file, only)).toEqual([]);
});

test.each([
  '"111122223333"',
  '"AKIAIOSFODNN7EXAMPLE"',
  '"AROA${Id}"',
  '"arn:aws:iam::111122223333:role/AROAEXAMPLEID12345678"',
])('leaves %s alone', (principal) => {
  const rest =
    '"Action": "kms:Decrypt", "Resource": "*", "Condition": { "StringLike": { "aws:userid": "AROAEXAMPLEID12345678:*" } }';
  expect(ruleIds(file, policyOf(`{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, ${rest} }`))).toEqual([]);
});
