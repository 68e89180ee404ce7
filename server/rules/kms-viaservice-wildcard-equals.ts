import { parseViaService } from '../../simulator/policy/syntax/via-service.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { underOperator } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { comparesText, effectOfDeadValue, takesWildcards } from './support/kms-values.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsViaserviceWildcardEquals = rule({
  id: 'kms-viaservice-wildcard-equals',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'a wildcard in `kms:ViaService` under an operator that has none',
  documentation: {
    what: 'A value of `kms:ViaService` such as `s3.*.amazonaws.com` under `StringEquals` or `StringNotEquals`.',
    why: 'Only `StringLike` and `StringNotLike` read `*` as any text. `StringEquals` compares it letter by letter, and no Region is called `*`.',
    spares: 'Wildcards under `StringLike`, and what a template fills in.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:ViaService": "s3.*.amazonaws.com" }'),
    good: keyPolicyWithCondition('"StringLike": { "kms:ViaService": "s3.*.amazonaws.com" }'),
    sources: [kmsConditionKeys, conditionOperators],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator, values } = condition;
      if (!comparesText(condition, 'kms:viaservice') || takesWildcards(condition)) return;
      const value = values.map(({ text }) => parseViaService(text)).findIndex(isPattern);
      const found = values[value];
      if (!found) return;
      const base = operator.negated ? 'StringNotLike' : 'StringLike';
      const like = `${operator.set ? `${operator.set}:` : ''}${base}${operator.ifExists ? 'IfExists' : ''}`;
      report({
        at: { path: found.path },
        message: `\`${found.text}\` is compared letter by letter under \`${operator.text}\``,
        why: `no request has this value, ${effectOfDeadValue(condition, statement)}`,
        next: `use \`${like}\``,
        fixes: underOperator(condition, statement, like, true),
      });
    },
  },
});

/** A pattern that would match under another operator; of others the rule about the shape speaks. */
function isPattern({ pattern, kind }: ReturnType<typeof parseViaService>): boolean {
  return pattern && kind !== 'malformed';
}
