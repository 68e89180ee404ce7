import { describe, expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports `ForAllValues` with a key that has one value', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "ForAllValues:StringEquals": { "kms:CallerAccount": "111122223333", "aws:PrincipalOrgID": "o-a1b2c3d4e5" }
        //                             ^^^^^^^^^^^^^^^^^^^ cond-set-on-single: \`kms:CallerAccount\` has one value, and \`ForAllValues\` holds without any; a request that lacks the key is let in; use \`StringEquals\`
        //                                                                  ^^^^^^^^^^^^^^^^^^^^ cond-set-on-single
      `),
  );
});

describe('leaves alone', () => {
  test.each([
    '"ForAllValues:StringNotEquals": { "kms:CallerAccount": "111122223333" }',
    '"ForAnyValue:StringEquals": { "kms:CallerAccount": "111122223333" }',
    '"ForAllValues:StringEquals": { "kms:GrantOperations": "Decrypt" }',
    '"ForAllValues:StringEquals": { "s3:prefix": "x" }',
    '"ForAllValues:StringEquals": { "kms:ViaService": "x" }, "Null": { "kms:ViaService": "false" }',
    '"ForAllValues:Null": { "kms:ViaService": "false" }',
  ])('%s', (members) => {
    expect(found(members)).toEqual([]);
  });

  test('a `Deny`, which bites more then', () => {
    expect(found('"ForAllValues:StringEquals": { "kms:CallerAccount": "1" }', { effect: 'Deny' })).toEqual([]);
  });
});

describe('fixes', () => {
  test('drop the set operator', () => {
    expect(
      mended(
        `"ForAllValues:ArnLike": { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/a-*" }`,
        'change to `ArnLike`',
      ),
    ).toEqual({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/a-*' } });
  });

  test('are safe unless the condition goes on to hold without the key', () => {
    expect(titles('"ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }')).toEqual([
      'change to `StringEquals` (safe)',
    ]);
    expect(titles('"ForAllValues:StringEqualsIfExists": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }')).toContain(
      'change to `StringEqualsIfExists`',
    );
  });
});
