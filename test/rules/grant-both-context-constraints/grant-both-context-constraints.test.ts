import { expect, test } from 'vitest';
import { check, fixed, fixTitles, ruleIds } from '../harness.ts';

const constraints = (equals: string, subset: string): string =>
  `{ "Constraints": { "EncryptionContextEquals": ${equals}, "EncryptionContextSubset": ${subset} } }`;

test('reports the subset, and leaves which to keep to the reader', () => {
  const text = `{
    "Constraints": {
      "EncryptionContextEquals": { "order": "42" },
      "EncryptionContextSubset": { "Order": "42" }
    //^^^^^^^^^^^^^^^^^^^^^^^^^ grant-both-context-constraints: the grant has both an \`EncryptionContextSubset\` and an \`EncryptionContextEquals\`; AWS documents one of them for a grant, and the subset restricts nothing beside the exact pairs; keep
    }
  }`;
  check('a.kms-grant.json', text);
  expect(fixTitles('a.kms-grant.json', text)).toEqual([
    'remove `EncryptionContextSubset`',
    'remove `EncryptionContextEquals`',
  ]);
  expect(JSON.parse(fixed('a.kms-grant.json', text, 'remove `EncryptionContextEquals`'))).toEqual({
    Constraints: { EncryptionContextSubset: { Order: '42' } },
  });
});

test('says that no request fulfils both, if that is sure', () => {
  const both = (subset: string): string => `{
    "Constraints": { "EncryptionContextEquals": { "a": "b" },
      ${subset}
    } }`;
  check(
    'a.kms-grant.json',
    both(`"EncryptionContextSubset": { "a": "c" }
    //^^^^^^^^^^^^^^^^^^^^^^^^^ grant-both-context-constraints: for a grant, and no request fulfils these two; keep`),
  );
  check(
    'a.kms-grant.json',
    both(`"EncryptionContextSubset": { "a": "\${A}" }
    //^^^^^^^^^^^^^^^^^^^^^^^^^ grant-both-context-constraints: for a grant; keep`),
  );
});

test.each([
  '{ "Constraints": { "EncryptionContextEquals": { "order": "42" } } }',
  constraints('{ "KeyName": "" }', '{ "KeyName": "" }'),
  constraints('{ "order": "42" }', '{}'),
  constraints('{ "order": "42" }', 'null'),
  `{ "Grants": [${constraints('{ "order": "42" }', '{ "order": "42" }')}] }`,
])('leaves %s alone', (text) => {
  expect(ruleIds('a.kms-grant.json', text)).toEqual([]);
});
