import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports it', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "NullIfExists": { "kms:ViaService": "false" }
//      ^^^^^^^^^^^^^^ cond-null-ifexists: \`NullIfExists\` is not a condition operator; \`Null\` asks already whether the key exists, and AWS rejects the policy; use \`Null\`
      `),
  );
});

test.each([
  '"Null": { "kms:ViaService": "false" }',
  '"ForAnyValue:Null": { "aws:TagKeys": "true" }',
  '"BoolIfExists": {}',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('fixes it, unless there is a `Null` already', () => {
  expect(mended('"NullIfExists": { "kms:ViaService": "false" }', 'change to `Null`')).toEqual({
    Null: { 'kms:ViaService': 'false' },
  });
  expect(titles('"NullIfExists": { "kms:ViaService": "false" }')).toEqual(['change to `Null` (safe)']);
  expect(titles('"NullIfExists": { "kms:ViaService": "false" }, "Null": { "aws:TagKeys": "true" }')).toEqual([]);
});
