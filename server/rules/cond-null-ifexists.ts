import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { operatorsOf, renamed } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condNullIfexists = rule({
  id: 'cond-null-ifexists',
  group: 'invalid',
  kinds: policyKinds,
  title: '`NullIfExists`, which AWS does not have',
  documentation: {
    what: '`IfExists` behind `Null`.',
    why: '`Null` itself asks whether a key exists. `IfExists` can be put behind every other operator, not behind this one, and AWS rejects the policy.',
    bad: keyPolicyWithCondition('"NullIfExists": { "kms:ViaService": "false" }'),
    good: keyPolicyWithCondition('"Null": { "kms:ViaService": "false" }'),
    sources: [conditionOperators, policyChecks],
  },
  check: {
    statement(statement, { report }) {
      for (const member of operatorsOf(statement)) {
        if (!member.operator.problems.some(({ code }) => code === 'null-if-exists')) continue;
        report({
          at: member.place,
          message: `\`${member.operator.text}\` is not a condition operator`,
          why: '`Null` asks already whether the key exists, and AWS rejects the policy',
          next: 'use `Null`',
          fixes: renamed(member, 'Null', member.operator.set === undefined),
        });
      }
    },
  },
});
