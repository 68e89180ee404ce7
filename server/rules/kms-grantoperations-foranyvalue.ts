import type { Condition } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { multivaluedKeys } from './support/condition-sources.ts';
import { atKey, underOperator } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

const GRANT = { action: '"kms:CreateGrant"' };

export const kmsGrantoperationsForanyvalue = rule({
  id: 'kms-grantoperations-foranyvalue',
  group: 'exposure',
  kinds: policyKinds,
  title: '`ForAnyValue` on the operations of a grant, which lets others ride along',
  documentation: {
    what: '`ForAnyValue:` with `kms:GrantOperations` in an `Allow`.',
    why: 'One operation of the list is enough for the condition to hold. A grant that allows `Encrypt` passes with `Decrypt` or `CreateGrant` beside it.',
    spares: 'Statements that limit the operations with `ForAllValues` as well, negated operators, and every `Deny`.',
    bad: keyPolicyWithCondition('"ForAnyValue:StringEquals": { "kms:GrantOperations": ["Encrypt"] }', GRANT),
    good: keyPolicyWithCondition('"ForAllValues:StringEquals": { "kms:GrantOperations": ["Encrypt"] }', GRANT),
    sources: [kmsConditionKeys, multivaluedKeys],
  },
  check: {
    statement(statement, { report }) {
      const { effect, conditions } = statement;
      const limits = conditions.filter(isLimit);
      if (effect !== 'Allow' || limits.some(({ operator }) => operator.set === 'ForAllValues')) return;
      for (const condition of limits) {
        const { operator, key } = condition;
        if (operator.set !== 'ForAnyValue') continue;
        const all = operator.text.replace('ForAnyValue', 'ForAllValues');
        report({
          at: atKey(condition),
          message: `\`${operator.text}\` on \`${key.text}\` holds as soon as one operation is in the list`,
          why: 'the grant may allow any other operation beside it',
          next: `use \`${all}\``,
          fixes: underOperator(condition, statement, all, false),
        });
      }
    },
  },
});

function isLimit({ operator, key }: Condition): boolean {
  return key.lower === 'kms:grantoperations' && operator.family === 'String' && !operator.negated;
}
