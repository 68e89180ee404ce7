import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { multivaluedKeys } from './support/condition-sources.ts';
import { atKey, demandsKey, factOf, underOperator } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys, policyChecks } from './support/sources.ts';

export const condSetOnSingle = rule({
  id: 'cond-set-on-single',
  group: 'exposure',
  kinds: policyKinds,
  yieldsTo: ['kms-forallvalues-context-rejected'],
  title: '`ForAllValues` with a key that has one value',
  documentation: {
    what: '`ForAllValues:` in an `Allow` before a key that never has more than one value.',
    why: 'A request without the key satisfies `ForAllValues`, so the condition lets in what it seems to keep out. A key with one value needs no set operator.',
    spares:
      '`Deny` statements and negated operators, which hold without the key anyway, `ForAnyValue:`, which changes nothing there, and statements that demand the key in another condition.',
    bad: keyPolicyWithCondition('"ForAllValues:StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }'),
    good: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }'),
    sources: [multivaluedKeys, kmsConditionKeys, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator, key } = condition;
      if (statement.effect !== 'Allow' || operator.set !== 'ForAllValues' || operator.negated) return;
      if (operator.base === undefined || operator.base === 'Null') return;
      const fact = factOf(condition);
      if (!fact || fact.multivalued || demandsKey(statement, condition)) return;
      const single = `${operator.base}${operator.ifExists ? 'IfExists' : ''}`;
      report({
        at: atKey(condition),
        message: `\`${key.text}\` has one value, and \`ForAllValues\` holds without any`,
        why: 'a request that lacks the key is let in',
        next: `use \`${single}\``,
        fixes: underOperator(condition, statement, single, !operator.ifExists),
      });
    },
  },
});
