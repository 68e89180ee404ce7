import { rule } from './rule.ts';
import { isAlwaysPresent } from './support/always-present.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators, globalConditionKeys } from './support/condition-sources.ts';
import { atKey, factOf, holdsWithoutKey, withoutCondition } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condAlwaysTrue = rule({
  id: 'cond-always-true',
  group: 'style',
  kinds: policyKinds,
  title: 'a condition that every request satisfies',
  documentation: {
    what: '`StringLike` with `*`, where the key is in every request or the operator holds without it, and `Null` `false` on a key that is in every request.',
    why: 'The condition restricts nothing, and makes the statement look narrower than it is.',
    spares: '`StringLike` with `*` on keys that not every request has: that demands the key.',
    bad: keyPolicyWithCondition('"StringLike": { "aws:RequestedRegion": "*" }'),
    good: keyPolicyWithCondition('"StringLike": { "aws:RequestedRegion": "eu-*" }'),
    sources: [conditionOperators, globalConditionKeys, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator, values, key } = condition;
      const fact = factOf(condition);
      if (!fact) return;
      const anything = operator.base === 'StringLike' && values.some(({ text }) => /^\*+$/.test(text));
      const there = isAlwaysPresent(fact);
      const asks = operator.base === 'Null' && !operator.set && !operator.ifExists;
      const demands = asks && values.length === 1 && values[0]?.text.toLowerCase() === 'false';
      if (!(anything && (there || holdsWithoutKey(condition))) && !(demands && there)) return;
      report({
        at: atKey(condition),
        message: `every request satisfies the condition on \`${key.text}\``,
        why: 'it restricts nothing',
        next: 'remove it, or say which values are meant',
        fixes: withoutCondition(condition, statement),
        tags: ['unnecessary'],
      });
    },
  },
});
