import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports the narrower limits', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "NumericLessThan": { "kms:RotationPeriodInDays": ["365", 90, "180"] },
//                                                               ^^ cond-redundant-number: \`90\` changes nothing beside \`365\`; one value of the list is enough; remove it
//                                                                   ^^^^^ cond-redundant-number
        "NumericGreaterThanEqualsIfExists": { "s3:max-keys": ["10", "9.5"] }
//                                                            ^^^^ cond-redundant-number: \`10\` changes nothing beside \`9.5\`
      `),
  );
});

test('reports the same limit twice once', () => {
  expect(found('"NumericLessThan": { "kms:RotationPeriodInDays": ["365", "365.0"] }')).toEqual([
    'cond-redundant-number',
  ]);
});

test.each([
  '"NumericEquals": { "kms:RotationPeriodInDays": ["365", "90"] }',
  '"NumericLessThan": { "kms:RotationPeriodInDays": ["365"] }',
  '"NumericLessThan": { "kms:RotationPeriodInDays": ["365", "${Days}"] }',
  '"NumericLessThan": { "kms:RotationPeriodInDays": ["365", "many"] }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('removes them safely', () => {
  const members = '"NumericLessThan": { "kms:RotationPeriodInDays": ["90", "365"] }';
  expect(titles(members)).toEqual(['remove `90` (safe)']);
  expect(mended(members, 'remove `90`')).toEqual({ NumericLessThan: { 'kms:RotationPeriodInDays': ['365'] } });
});
