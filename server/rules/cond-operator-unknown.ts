import { findConditionKey } from '../../simulator/facts/condition-keys.ts';
import { type Operator, parseOperator } from '../../simulator/policy/syntax/operator.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { operatorsOf, renamed } from './support/conditions.ts';
import { bringsMembers } from './support/elements.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

const REPORTED: ReadonlySet<string> = new Set(['unknown', 'set-unknown', 'space']);

export const condOperatorUnknown = rule({
  id: 'cond-operator-unknown',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a condition operator that AWS does not have',
  documentation: {
    what: 'A member of `Condition` whose name is no condition operator, or has something else than `ForAllValues` or `ForAnyValue` before its colon.',
    why: 'AWS knows a fixed list of operators and rejects a policy with any other.',
    spares:
      'Operators in other capitals, of which AWS does not say whether it takes them, and names that a template fills in.',
    bad: keyPolicyWithCondition('"StringsEquals": { "kms:CallerAccount": "111122223333" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:CallerAccount": "111122223333" }'),
    sources: [conditionOperators, policyChecks],
  },
  check: {
    statement(statement, { report }) {
      for (const member of operatorsOf(statement)) {
        const { operator } = member;
        const name = operator.text;
        const [problem] = operator.problems.filter(({ code }) => REPORTED.has(code));
        if (!problem || bringsMembers(name) || findConditionKey(name)) continue;
        const meant = corrected(operator);
        report({
          at: member.place,
          message:
            problem.code === 'set-unknown'
              ? `\`${name}\` does not begin with \`ForAllValues:\` or \`ForAnyValue:\``
              : `\`${name}\` is not a condition operator`,
          why: 'AWS rejects the policy',
          next: meant === undefined ? 'use one such as `StringEquals` or `ArnLike`' : `write \`${meant}\``,
          fixes: meant === undefined ? [] : renamed(member, meant, parseOperator(meant).problems.length === 0),
        });
      }
    },
  },
});

/** The operator with everything mended that has one remedy; undefined where something has none. */
function corrected({ text: name, problems }: Operator): string | undefined {
  let text = name;
  for (const { span, suggestion } of [...problems].sort((a, b) => b.span.start - a.span.start)) {
    if (suggestion === undefined) return undefined;
    text = text.slice(0, span.start) + suggestion + text.slice(span.end);
  }
  return text;
}
