import { expect, test } from 'vitest';
import { messages } from '../found.ts';
import { ruleIds } from '../harness.ts';

const id = 'grant-constraint-too-many';
const pairs = (count: number): object =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
const constrained = (name: string, context: object, more: object = {}): string =>
  JSON.stringify({ Constraints: { [name]: context }, ...more });

test('reports too many pairs', () => {
  expect(messages(id, 'a.kms-grant.json', constrained('EncryptionContextEquals', pairs(9)))).toEqual([
    'the constraint has 9 pairs, and a grant takes 8 at most; AWS KMS rejects the request; ask for fewer by `EncryptionContextSubset`',
  ]);
  expect(messages(id, 'a.kms-grant.json', constrained('EncryptionContextSubset', pairs(10)))).toEqual([
    'the constraint has 10 pairs, and a grant takes 8 at most; AWS KMS rejects the request; keep those that matter',
  ]);
});

test('reports values that are too long', () => {
  const context = { a: 'x'.repeat(385), b: 'x'.repeat(384) };
  expect(messages(id, 'a.kms-grant.json', constrained('EncryptionContextSubset', context))).toEqual([
    'the value has 385 characters, and constraints of grants take 384 at most; AWS KMS rejects the request; ask for another pair of the encryption context',
  ]);
});

test.each([
  ['eight pairs', constrained('EncryptionContextEquals', pairs(8))],
  [
    'a name that comes twice',
    `{ "Constraints": { "EncryptionContextSubset": { ${'"a": "b", '.repeat(9)} "a": "b" } } }`,
  ],
  ['names of a template', constrained('EncryptionContextSubset', { ...pairs(8), '${Key}': 'v' })],
  ['values of a template', constrained('EncryptionContextSubset', { a: `\${Value}${'x'.repeat(400)}` })],
  ['the output of ListGrants', constrained('EncryptionContextSubset', pairs(9), { GrantId: '1' })],
])('leaves %s alone', (_, text) => {
  expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
});
