import { describe, expect, test } from 'vitest';
import { conditionKeys } from '../../../simulator/facts/condition-keys.ts';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

describe('reports', () => {
  test('keys with several values', () => {
    check(
      'a.key-policy.json',
      withCondition(`
        "StringEquals": { "kms:EncryptionContextKeys": "Department" }
        //                ^^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-set-missing: \`kms:EncryptionContextKeys\` can have several values, and \`StringEquals\` takes one; AWS cannot tell whether all of them must match or one is enough; put \`ForAnyValue:\` or \`ForAllValues:\` before the operator
      `),
    );
  });

  test.each(conditionKeys.filter(({ multivalued }) => multivalued).map(({ name }) => name))('%s', (name) => {
    expect(found(`"StringNotLikeIfExists": { "${name}": "x" }`)).toEqual(['cond-set-missing']);
  });
});

test.each([
  '"Null": { "kms:EncryptionContextKeys": "true" }',
  '"ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "x" }',
  '"forallvalues:stringequals": { "kms:GrantOperations": "Decrypt" }',
  '"StringEquals": { "kms:EncryptionContext:x": "x" }',
  '"StringEquals": { "s3:RequestObjectTagKeys": "x" }',
  '"${Operator}": { "kms:EncryptionContextKeys": "x" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

describe('fixes', () => {
  test('are a choice', () => {
    expect(titles('"StringEquals": { "kms:EncryptionContextKeys": "a" }')).toEqual([
      'change to `ForAnyValue:StringEquals`',
      'change to `ForAllValues:StringEquals`',
    ]);
  });

  const block = '"StringEquals": { "kms:CallerAccount": "111122223333", "kms:EncryptionContextKeys": ["a", "b"] }';

  test('leave the other keys under the old operator', () => {
    expect(mended(block, 'change to `ForAnyValue:StringEquals`')).toEqual({
      StringEquals: { 'kms:CallerAccount': '111122223333' },
      'ForAnyValue:StringEquals': { 'kms:EncryptionContextKeys': ['a', 'b'] },
    });
  });

  test('use a block that is there, unless it has the key', () => {
    const there =
      '"ForAnyValue:StringEquals": { "aws:TagKeys": "a" }, "StringEquals": { "kms:EncryptionContextKeys": "b" }';
    expect(mended(there, 'change to `ForAnyValue:StringEquals`')).toEqual({
      'ForAnyValue:StringEquals': { 'aws:TagKeys': 'a', 'kms:EncryptionContextKeys': 'b' },
    });
    expect(
      titles(
        '"ForAnyValue:StringEquals": { "kms:encryptioncontextkeys": "a" }, "StringEquals": { "kms:EncryptionContextKeys": "b" }',
      ),
    ).toEqual(['change to `ForAllValues:StringEquals`']);
  });
});
