import { expect, test } from 'vitest';
import { check, fixed, policyOf, ruleIds } from '../harness.ts';

test('reports the later of two that say the same, whatever their names and the order of lists', () => {
  check(
    'a.iam-policy.json',
    policyOf(`
    { "Sid": "A", "Effect": "Allow", "Action": ["kms:Encrypt", "kms:Decrypt"], "Resource": "*" },
    { "Sid": "B", "Resource": ["*"], "Action": ["kms:Decrypt", "kms:Encrypt"], "Effect": "Allow" }
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redundant-statement: the statement says what an earlier one says
  `),
  );
});

test('removes it', () => {
  const text = policyOf(`
    { "Effect": "Deny", "Action": "kms:*", "Resource": "*" },
    { "Effect": "Deny", "Action": "kms:*", "Resource": "*" }
  //^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ redundant-statement
  `);
  expect(JSON.parse(fixed('a.iam-policy.json', text, 'remove the statement')).Statement).toHaveLength(1);
});

test.each([
  ['another effect', '{ "Effect": "Deny", "Action": "kms:Decrypt", "Resource": "*" }'],
  [
    'a condition',
    '{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*", "Condition": { "Null": { "a:b": "true" } } }',
  ],
  ['another action', '{ "Effect": "Allow", "Action": "kms:Encrypt", "Resource": "*" }'],
])('leaves %s alone', (_, second) => {
  const first = '{ "Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*" }';
  expect(ruleIds('a.iam-policy.json', policyOf(`${first}, ${second}`))).toEqual([]);
});

test('takes objects whatever the order of their members, and nothing for something else', () => {
  const deny = (more: string): string => `{ "Effect": "Deny", "Action": "kms:*", "Resource": "*", ${more} }`;
  const found = (a: string, b: string): string[] =>
    ruleIds('a.iam-policy.json', policyOf(`${deny(`"Condition": ${a}`)}, ${deny(`"Condition": ${b}`)}`));
  const one = '{ "Bool": { "a:b": "true", "a:c": ["true"] } }';
  expect(found(one, '{ "Bool": { "a:c": "true", "a:b": "true" } }')).toEqual(['redundant-statement']);
  expect(found(one, '{ "Bool": { "a:c": "true" } }')).toEqual([]);
  expect(found(one, '{ "Bool": { "a:b": "true", "a:c": true } }')).toEqual([]);
  expect(found('{ "Bool": { "a:b": [] } }', '{ "Bool": { "a:b": "[]" } }')).toEqual([]);
});

test('is done with lists in lists', () => {
  const nested = `${'["x",'.repeat(200)}"y"${']'.repeat(200)}`;
  const statement = `{ "Effect": "Deny", "Action": "kms:*", "Resource": "*", "Foo": ${nested} }`;
  expect(ruleIds('a.iam-policy.json', policyOf(`${statement}, ${statement}`))).toEqual([]);
});
