import { expect, test } from 'vitest';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

const named = (name: unknown): string => JSON.stringify({ Name: name });

test('reports the first characters that cannot stand there', () => {
  const text = `{
    "Name": "orders  worker (new)"
    //             ^^ grant-name-charset: the name has characters that names of grants cannot have; AWS KMS rejects the request; use letters, digits and \`:/_-\`
  }`;
  check('a.kms-grant.json', text);
  expect(JSON.parse(fixed('a.kms-grant.json', text, 'change to `orders-worker-new`'))).toEqual({
    Name: 'orders-worker-new',
  });
});

test('reports a name that is too long', () => {
  expect(ruleIds('a.kms-grant.json', named('a'.repeat(257)))).toEqual(['grant-name-charset']);
  expect(fixTitles('a.kms-grant.json', named('a'.repeat(257)))).toEqual([]);
  expect(ruleIds('a.kms-grant.json', named('a'.repeat(256)))).toEqual([]);
});

test('offers no name where nothing would be left of it', () => {
  expect(ruleIds('a.kms-grant.json', named('???'))).toEqual(['grant-name-charset']);
  expect(fixTitles('a.kms-grant.json', named('???'))).toEqual([]);
});

test.each([
  named('Orders:2026/worker_1-a'),
  named(''),
  named(1),
  named('${Name}'),
  named('{{ name }}'),
  named('{name}'),
  JSON.stringify({ Grants: [{ Name: 'made by AWS' }] }),
])('leaves %s alone', (text) => {
  expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
});
