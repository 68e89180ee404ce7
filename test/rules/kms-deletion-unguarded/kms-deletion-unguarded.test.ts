import { expect, test } from 'vitest';
import { fixed, policyOf, ruleIds } from '../harness.ts';

const allow = (
  more = '',
  principal = '"arn:aws:iam::111122223333:role/A"',
  action = '"kms:ScheduleKeyDeletion"',
): string =>
  policyOf(`{ "Effect": "Allow", "Principal": { "AWS": ${principal} }, "Action": ${action}, "Resource": "*"${more} }`);

test('reports the action, and requires the longest waiting period', () => {
  const text = policyOf(`
    { "Effect": "Allow", "Action": "kms:ScheduleKeyDeletion", "Resource": "*" }
    //                             ^^^^^^^^^^^^^^^^^^^^^^^^^ kms-deletion-unguarded: \`kms:ScheduleKeyDeletion\` without a condition on when; what is encrypted under the key is lost
  `);
  const mended = fixed('a.iam-policy.json', text, 'require 30 days of waiting');
  expect(JSON.parse(mended).Statement[0].Condition).toEqual({
    NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' },
  });
  expect(ruleIds('a.iam-policy.json', mended)).toEqual([]);
  expect(ruleIds('a.key-policy.json', allow())).toEqual(['kms-deletion-unguarded']);
});

test('is off unless switched on', () => {
  expect(ruleIds('a.key-policy.json', allow(), { about: 'none' })).toEqual([]);
});

const WAIT = ', "Condition": { "NumericGreaterThanEquals": { "kms:TrailingDaysWithoutKeyUsage": "90" } }';
test.each([
  ['a guard', allow(WAIT)],
  ['the account', allow('', '"111122223333"')],
  ['wildcards', allow('', undefined, '["kms:Schedule*", "kms:*"]')],
  ['a Deny', allow().replace('Allow', 'Deny')],
])('leaves %s alone', (_, text) => {
  expect(ruleIds('a.key-policy.json', text)).toEqual([]);
});
