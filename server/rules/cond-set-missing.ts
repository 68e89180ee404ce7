import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { multivaluedKeys } from './support/condition-sources.ts';
import { atKey, factOf, underOperator } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condSetMissing = rule({
  id: 'cond-set-missing',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a key with several values under an operator for one',
  documentation: {
    what: 'A key that can have several values in one request, such as `kms:EncryptionContextKeys`, under an operator without `ForAllValues:` or `ForAnyValue:`.',
    why: 'AWS has to know whether all values must match or one is enough. Without that, it does not say what it does with a request that has several.',
    spares: '`Null`, which asks only whether the key is there, and keys of other services.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:EncryptionContextKeys": "Department" }'),
    good: keyPolicyWithCondition('"ForAnyValue:StringEquals": { "kms:EncryptionContextKeys": "Department" }'),
    sources: [multivaluedKeys, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const { operator, key } = condition;
      if (operator.base === undefined || operator.base === 'Null' || operator.text.includes(':')) return;
      if (!factOf(condition)?.multivalued) return;
      report({
        at: atKey(condition),
        message: `\`${key.text}\` can have several values, and \`${operator.text}\` takes one`,
        why: 'AWS cannot tell whether all of them must match or one is enough',
        next: 'put `ForAnyValue:` or `ForAllValues:` before the operator',
        fixes: ['ForAnyValue', 'ForAllValues'].flatMap((set) =>
          underOperator(condition, statement, `${set}:${operator.text.trim()}`, false),
        ),
      });
    },
  },
});
