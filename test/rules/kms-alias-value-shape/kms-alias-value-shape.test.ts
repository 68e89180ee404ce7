import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const alias = (value: string, operator = 'StringEquals'): string => `"${operator}": { "kms:RequestAlias": ${value} }`;

test('reports what is no alias name', () => {
  check(
    'a.iam-policy.json',
    withCondition(`
        "StringEquals": { "kms:RequestAlias": "orders" },
        //                                    ^^^^^^^^ kms-alias-value-shape: \`orders\` is no alias name, and \`kms:RequestAlias\` holds alias names; no request has this value, so the statement never applies; write \`alias/orders\`
        "ForAnyValue:StringLike": { "kms:ResourceAliases": ["alias/a", "arn:aws:kms:*:*:alias/b*", "1234abcd-12ab-34cd-56ef-1234567890ab"] }
        //                                                             ^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-alias-value-shape: is an ARN
        //                                                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ kms-alias-value-shape: is a key id
      `),
  );
});

describe('leaves alone', () => {
  test.each([
    alias('"alias/orders"'),
    alias('"*orders"', 'StringLike'),
    alias('"*"', 'StringLike'),
    alias('"ALIAS/orders"', 'StringEqualsIgnoreCase'),
    alias('"${Alias}"'),
    alias('"false"', 'Null'),
    '"StringEquals": { "aws:PrincipalTag/alias": "orders" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });
});

describe('fixes', () => {
  test('write the name', () => {
    expect(mended(alias('"arn:aws:kms:us-east-1:111122223333:alias/a/b"'), 'change to `alias/a/b`')).toEqual({
      StringEquals: { 'kms:RequestAlias': 'alias/a/b' },
    });
    expect(titles(alias('"orders"'))).toEqual(['change to `alias/orders` (safe)']);
    expect(titles(alias('"alias:orders"'))).toEqual(['change to `alias/orders` (safe)']);
  });

  test.each(['"1234abcd-12ab-34cd-56ef-1234567890ab"', '"arn:aws:kms:us-east-1:111122223333:key/x"', '""', '"a b"'])(
    'are none for %s, which names no alias',
    (value) => {
      expect(found(alias(value))).toEqual(['kms-alias-value-shape']);
      expect(titles(alias(value))).toEqual([]);
    },
  );
});
