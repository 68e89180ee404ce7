import { fieldColons, hasWildcard } from '../../simulator/policy/syntax/arn.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { factOf, isLiteral, underOperator } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condStringlikeOnArn = rule({
  id: 'cond-stringlike-on-arn',
  group: 'hardening',
  kinds: policyKinds,
  title: 'a wildcard that runs across the fields of an ARN',
  documentation: {
    what: '`StringLike` or `StringNotLike` on an ARN, with a wildcard before the last of its fields.',
    why: 'There `*` stands for any characters, colons included, so it may cover more fields than the one it stands in. `ArnLike` compares field by field.',
    spares:
      'Wildcards in the last field, where both operators find the same, and values that are no ARNs or have variables.',
    bad: keyPolicyWithCondition('"StringLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/orders" }'),
    good: keyPolicyWithCondition('"ArnLike": { "aws:PrincipalArn": "arn:aws:iam::*:role/orders" }'),
    sources: [conditionOperators, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator, values, key } = condition;
      if (operator.base !== 'StringLike' && operator.base !== 'StringNotLike') return;
      if (factOf(condition)?.type !== 'ARN') return;
      const value = values.find(({ text }) => runsAcross(text));
      if (value === undefined) return;
      const set = operator.set ? `${operator.set}:` : '';
      const arn = `${set}${operator.negated ? 'ArnNotLike' : 'ArnLike'}${operator.ifExists ? 'IfExists' : ''}`;
      const whole = values.every(({ text }) => isLiteral(text) && fieldColons(text).length === 5);
      report({
        at: { path: value.path },
        message: `the wildcard in \`${value.text}\` runs across colons under \`${operator.base}\``,
        why: `it may match other fields of \`${key.text}\` than the one it stands in`,
        next: `use \`${arn}\``,
        fixes: whole ? underOperator(condition, statement, arn, false) : [],
      });
    },
  },
});

function runsAcross(text: string): boolean {
  const colons = fieldColons(text);
  const last = colons[4] ?? text.length;
  return text.startsWith('arn:') && isLiteral(text) && hasWildcard(text.slice(0, last));
}
