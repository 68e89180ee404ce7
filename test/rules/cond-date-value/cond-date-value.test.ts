import { expect, test } from 'vitest';
import { found, mended, titles, withCondition } from '../conditions.ts';
import { check } from '../harness.ts';

test('reports odd dates', () => {
  check(
    'a.key-policy.json',
    withCondition(`
        "DateLessThan": { "aws:CurrentTime": ["2026-02-30", "2026-01-31T00:00:00", "2026-01-31T00:00:00+0100"] },
//                                            ^^^^^^^^^^^^ cond-date-value: \`2026-02-30\` is a date or a time that does not exist; no request matches it; write a date such as
//                                                          ^^^^^^^^^^^^^^^^^^^^^ cond-date-value: does not say its time zone; it is taken as UTC, if AWS takes it at all; write \`2026-01-31T00:00:00Z\`
//                                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^ cond-date-value: has no colon in its time zone
        "DateGreaterThan": { "aws:TokenIssueTime": "1700000000000" }
//                                                 ^^^^^^^^^^^^^^^ cond-date-value: lies thousands of years ahead
      `),
  );
});

test.each([
  '"DateLessThan": { "aws:CurrentTime": ["2026", "2026-01", "2026-01-31", "2026-01-31T00:00:00+01:00", "1700000000"] }',
  '"DateLessThan": { "aws:CurrentTime": ["tomorrow", "${Date}", "${aws:TokenIssueTime}"] }',
  '"StringEquals": { "aws:PrincipalTag/until": "2026-02-30" }',
])('leaves %s alone', (members) => {
  expect(found(members)).toEqual([]);
});

test('fixes the zone safely, and offers seconds', () => {
  const zone = '"DateLessThan": { "aws:CurrentTime": "2026-01-31T00:00:00" }';
  expect(titles(zone)).toEqual(['change to `2026-01-31T00:00:00Z` (safe)']);
  expect(mended(zone, 'change to `2026-01-31T00:00:00Z`')).toEqual({
    DateLessThan: { 'aws:CurrentTime': '2026-01-31T00:00:00Z' },
  });
  expect(titles('"DateLessThan": { "aws:CurrentTime": "1700000000000" }')).toEqual(['change to `1700000000`']);
});
