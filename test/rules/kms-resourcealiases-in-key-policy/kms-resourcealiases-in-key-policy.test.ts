import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const ALIASES = '"ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/orders" }';

test('reports aliases of the key in a key policy', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/orders" },
        //                            ^^^^^^^^^^^^^^^^^^^^^ kms-resourcealiases-in-key-policy: a key policy cannot use \`kms:ResourceAliases\`; it is only in identity policies, so the statement never applies; remove the condition, or test with \`kms:RequestAlias\` by which alias the request names the key
        "Null": { "KMS:resourcealiases": "true" }
        //        ^^^^^^^^^^^^^^^^^^^^^ kms-resourcealiases-in-key-policy: so the condition restricts nothing
      `),
  );
});

test.each(['a.iam-policy.json', 'a.scp.json', 'a.rcp.json'])('leaves alone %s', (file) => {
  expect(found(ALIASES, { file })).toEqual([]);
});

test('leaves alone other keys', () => {
  expect(found('"StringEquals": { "kms:RequestAlias": "alias/orders" }')).toEqual([]);
});

test('the fix tests the alias of the request, which has no set operator', () => {
  expect(titles(ALIASES)).toEqual(['change to `kms:RequestAlias`']);
  expect(mended(ALIASES, 'change to `kms:RequestAlias`')).toEqual({
    StringEquals: { 'kms:RequestAlias': 'alias/orders' },
  });
  expect(titles(`${ALIASES}, "StringEquals": { "kms:CallerAccount": "111122223333" }`)).toEqual([]);
});
