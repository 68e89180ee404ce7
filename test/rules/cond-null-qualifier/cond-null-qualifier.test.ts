import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports it', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "ForAllValues:Null": { "aws:TagKeys": "false" },
//      ^^^^^^^^^^^^^^^^^^^ cond-null-qualifier: \`ForAllValues:Null\` has a set operator before \`Null\`; whether a key is there is not asked of its values, so the answer is always the same; use \`Null\`
        "ForAnyValue:Null": {}
//      ^^^^^^^^^^^^^^^^^^ cond-null-qualifier
      `),
  );
});

test.each([
  '"Null": { "aws:TagKeys": "false" }',
  '"NullIfExists": {}',
  '"ForAllValues:StringLike": { "aws:TagKeys": "a" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('fixes it where somebody asks for it', () => {
  expect(mended('"ForAnyValue:Null": { "aws:TagKeys": "false" }', 'change to `Null`')).toEqual({
    Null: { 'aws:TagKeys': 'false' },
  });
  expect(titles('"ForAnyValue:Null": { "aws:TagKeys": "false" }')).toEqual(['change to `Null`']);
});
