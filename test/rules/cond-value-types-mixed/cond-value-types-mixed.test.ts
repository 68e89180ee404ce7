import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports lists of several types', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "NumericEquals": { "kms:RotationPeriodInDays": ["90", 365] },
//                                                     ^^^^^^^^^^^ cond-value-types-mixed: the values of \`kms:RotationPeriodInDays\` are a mixture of texts and numbers; AWS expects one type; write all of them as texts
        "StringEquals": { "s3:x": [true, 1, "a"] }
//                                ^^^^^^^^^^^^^^ cond-value-types-mixed: a mixture of booleans and numbers and texts
      `),
  );
});

test.each([
  '"NumericEquals": { "kms:RotationPeriodInDays": [90, 365] }',
  '"Bool": { "aws:SecureTransport": true }',
  '"StringEquals": { "s3:x": ["a", { "Ref": "B" }] }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('writes all as texts, safely', () => {
  const members = '"StringEquals": { "s3:x": [true, 1.50, "a"] }';
  expect(titles(members)).toEqual(['write all values as texts (safe)']);
  expect(mended(members, 'write all values as texts')).toEqual({ StringEquals: { 's3:x': ['true', '1.50', 'a'] } });
});
