import type { ConditionValue } from '../../simulator/policy/document.ts';
import type { OperatorName } from '../../simulator/policy/syntax/operator.ts';
import { compareDecimals, type Decimal, parseDecimal } from '../../simulator/policy/syntax/values.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

/** Of several values one is enough: below any of them is below the largest. */
const KEPT: ReadonlyMap<OperatorName, 'largest' | 'smallest'> = new Map([
  ['NumericLessThan', 'largest'],
  ['NumericLessThanEquals', 'largest'],
  ['NumericGreaterThan', 'smallest'],
  ['NumericGreaterThanEquals', 'smallest'],
]);

const around = { action: '"kms:ScheduleKeyDeletion"' };

export const condRedundantNumber = rule({
  id: 'cond-redundant-number',
  group: 'style',
  kinds: policyKinds,
  title: 'a limit that another value makes pointless',
  documentation: {
    what: 'A value of `NumericLessThan`, `NumericGreaterThan` or their kin beside one that is wider.',
    why: 'One value of a list is enough, so below 7 or 30 is below 30. The narrower limit changes nothing and reads as if it did.',
    spares: '`NumericEquals`, where each value counts, and values that are no numbers.',
    bad: keyPolicyWithCondition(
      '"NumericLessThan": { "kms:ScheduleKeyDeletionPendingWindowInDays": ["7", "30"] }',
      around,
    ),
    good: keyPolicyWithCondition('"NumericLessThan": { "kms:ScheduleKeyDeletionPendingWindowInDays": ["30"] }', around),
    sources: [conditionOperators, policyChecks],
  },
  check: {
    condition({ operator, values }, _, { report }) {
      const kept = operator.base && KEPT.get(operator.base);
      if (!kept || values.length < 2) return;
      const numbers = values.map(withNumber);
      let best: WithNumber | undefined;
      for (const each of numbers) {
        if (!each) return;
        const order = best ? compareDecimals(each.number, best.number) : 0;
        if (!best || (kept === 'largest' ? 0 < order : order < 0)) best = each;
      }
      for (const each of numbers) {
        if (!each || !best || each === best) continue;
        report({
          at: { path: each.value.path },
          message: `\`${each.value.text}\` changes nothing beside \`${best.value.text}\``,
          why: 'one value of the list is enough',
          next: 'remove it',
          related: [{ place: { path: best.value.path }, message: 'the value that counts' }],
          fixes: [
            { title: `remove \`${each.value.text}\``, safe: true, edits: [{ op: 'remove', path: each.value.path }] },
          ],
          tags: ['unnecessary'],
        });
      }
    },
  },
});

interface WithNumber {
  readonly value: ConditionValue;
  readonly number: Decimal;
}

function withNumber(value: ConditionValue): WithNumber | undefined {
  const parsed = parseDecimal(value.text);
  return parsed.kind === 'value' ? { value, number: parsed.value } : undefined;
}
