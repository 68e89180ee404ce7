import { expect, test } from 'vitest';
import { found, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

const around = { action: '["kms:ScheduleKeyDeletion"]' };
const days = (operator: string, value: string): string =>
  `"${operator}": { "kms:ScheduleKeyDeletionPendingWindowInDays": ${value} }`;

test('reports comparisons that decide nothing', () => {
  check(
    'a.scp.json',
    withCondition(
      `
        "NumericLessThan": { "kms:ScheduleKeyDeletionPendingWindowInDays": "7", "kms:RotationPeriodInDays": 3650 }
        //                                                                 ^^^ kms-window-range: \`NumericLessThan\` with \`7\` never holds; AWS KMS takes 7 to 30 days here; choose a limit within that range
        //                                                                                                  ^^^^ kms-window-range: \`NumericLessThan\` with \`3650\` always holds; AWS KMS takes 90 to 2,560 days here
      `,
      { effect: 'Deny', action: '"kms:*"' },
    ),
  );
});

test.each([
  ['NumericEquals', '"6"'],
  ['NumericEquals', '7.5'],
  ['NumericNotEquals', '31'],
  ['NumericLessThanEquals', '6'],
  ['NumericLessThanEquals', '31'],
  ['NumericLessThan', '31'],
  ['NumericGreaterThan', '30'],
  ['NumericGreaterThan', '6'],
  ['NumericGreaterThanEquals', '31'],
  ['NumericGreaterThanEqualsIfExists', '"3"'],
])('reports %s %s', (operator, value) => {
  expect(found(days(operator, value), around)).toEqual(['kms-window-range']);
});

test.each([
  ['NumericEquals', '7'],
  ['NumericNotEquals', '30'],
  ['NumericLessThan', '8'],
  ['NumericLessThan', '30'],
  ['NumericLessThanEquals', '7'],
  ['NumericLessThanEquals', '30'],
  ['NumericGreaterThan', '7'],
  ['NumericGreaterThanEquals', '7'],
  ['NumericGreaterThanEquals', '30'],
  ['NumericEquals', '[6, 30]'],
  ['NumericEquals', '"x"'],
  ['NumericLessThan', '"${Days}"'],
  ['Null', '"true"'],
])('leaves alone %s %s', (operator, value) => {
  expect(found(days(operator, value), around)).toEqual([]);
});

test('leaves alone other numbers', () => {
  expect(found('"NumericLessThan": { "kms:TrailingDaysWithoutKeyUsage": "3650" }', around)).toEqual([]);
});
