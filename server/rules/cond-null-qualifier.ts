import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { multivaluedKeys } from './support/condition-sources.ts';
import { operatorsOf, renamed } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condNullQualifier = rule({
  id: 'cond-null-qualifier',
  group: 'style',
  kinds: policyKinds,
  title: 'a set operator before `Null`',
  documentation: {
    what: '`ForAllValues:` or `ForAnyValue:` before `Null`.',
    why: '`Null` asks whether the key is there, not for its values. With a set operator it no longer depends on the request.',
    bad: keyPolicyWithCondition('"ForAllValues:Null": { "kms:EncryptionContextKeys": "false" }'),
    good: keyPolicyWithCondition('"Null": { "kms:EncryptionContextKeys": "false" }'),
    sources: [multivaluedKeys, policyChecks],
  },
  check: {
    statement(statement, { report }) {
      for (const member of operatorsOf(statement)) {
        if (!member.operator.problems.some(({ code }) => code === 'null-set')) continue;
        report({
          at: member.place,
          message: `\`${member.operator.text}\` has a set operator before \`Null\``,
          why: 'whether a key is there is not asked of its values, so the answer is always the same',
          next: 'use `Null`',
          fixes: renamed(member, 'Null', false),
        });
      }
    },
  },
});
