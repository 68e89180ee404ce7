import type { Condition } from '../../simulator/policy/document.ts';
import type { OperatorName } from '../../simulator/policy/syntax/operator.ts';
import { parseDecimal } from '../../simulator/policy/syntax/values.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { isLiteral } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

const SCHEDULE = { action: '"kms:ScheduleKeyDeletion"' };

export const kmsWindowRange = rule({
  id: 'kms-window-range',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'a number of days that decides nothing',
  documentation: {
    what: 'A comparison of `kms:ScheduleKeyDeletionPendingWindowInDays` or `kms:RotationPeriodInDays` that comes out the same for every number that AWS KMS takes.',
    why: 'A key waits 7 to 30 days for its deletion, and rotates every 90 to 2,560 days. A limit outside of that lets everything through, or nothing.',
    spares:
      'Limits at an end of the range that include all of it, such as `NumericLessThanEquals` with `30`, lists, and what a template fills in.',
    bad: keyPolicyWithCondition(
      '"NumericGreaterThan": { "kms:ScheduleKeyDeletionPendingWindowInDays": "30" }',
      SCHEDULE,
    ),
    good: keyPolicyWithCondition(
      '"NumericGreaterThanEquals": { "kms:ScheduleKeyDeletionPendingWindowInDays": "30" }',
      SCHEDULE,
    ),
    sources: [
      kmsConditionKeys,
      {
        title: 'AWS KMS API Reference: EnableKeyRotation',
        url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html',
      },
    ],
  },
  check: {
    condition(condition, _, { report }) {
      const { key, operator, values } = condition;
      const range = RANGES.get(key.lower);
      const [only] = values;
      const outcome = range && constantOutcome(condition, range);
      if (!range || !only || outcome === undefined) return;
      const [low, high] = range;
      report({
        at: { path: only.path },
        message: `\`${operator.text}\` with \`${only.text}\` ${outcome ? 'always' : 'never'} holds`,
        why: `AWS KMS takes ${low} to ${high.toLocaleString('en-US')} days here`,
        next: 'choose a limit within that range',
      });
    },
  },
});

type Range = readonly [low: number, high: number];

const RANGES: ReadonlyMap<string, Range> = new Map([
  ['kms:schedulekeydeletionpendingwindowindays', [7, 30]],
  ['kms:rotationperiodindays', [90, 2560]],
]);

/** Whether the comparison holds for all numbers in the range, or for none; undefined where it depends. */
function constantOutcome({ operator, values }: Condition, range: Range): boolean | undefined {
  const [only, ...others] = values;
  if (!only || 0 < others.length || operator.set || !operator.base || !isLiteral(only.text)) return undefined;
  const limit = parseDecimal(only.text).kind === 'value' ? Number(only.text) : Number.NaN;
  if (Number.isNaN(limit)) return undefined;
  return outcomeOf(operator.base, limit, range);
}

function outcomeOf(base: OperatorName, limit: number, [low, high]: Range): boolean | undefined {
  const always = (holds: boolean, fails: boolean): boolean | undefined => (holds ? true : fails ? false : undefined);
  switch (base) {
    case 'NumericEquals':
      return always(false, isOutside());
    case 'NumericNotEquals':
      return always(isOutside(), false);
    case 'NumericLessThan':
      return always(high < limit, limit <= low);
    case 'NumericLessThanEquals':
      return always(high < limit, limit < low);
    case 'NumericGreaterThan':
      return always(limit < low, high <= limit);
    case 'NumericGreaterThanEquals':
      return always(limit < low, high < limit);
    default:
      return undefined;
  }

  function isOutside(): boolean {
    return limit < low || high < limit || !Number.isInteger(limit);
  }
}
