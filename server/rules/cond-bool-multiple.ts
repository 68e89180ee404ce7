import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { conditionOperators } from './support/condition-sources.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';

export const condBoolMultiple = rule({
  id: 'cond-bool-multiple',
  group: 'invalid',
  kinds: policyKinds,
  title: 'several values where `true` or `false` is asked for',
  documentation: {
    what: 'A list of more than one value under `Bool` or `Null`.',
    why: 'Of `true` and `false` one is meant. AWS reports a policy that gives both, and a condition that takes either restricts nothing.',
    spares: 'A list with one value.',
    bad: keyPolicyWithCondition('"Bool": { "aws:ViaAWSService": ["true", "false"] }'),
    good: keyPolicyWithCondition('"Bool": { "aws:ViaAWSService": "true" }'),
    sources: [conditionOperators, policyChecks],
  },
  check: {
    condition({ operator, path, values, key }, _, { report }) {
      if ((operator.family !== 'Bool' && operator.family !== 'Null') || values.length < 2) return;
      report({
        at: { path },
        message: `\`${key.text}\` is compared with ${values.length} values under \`${operator.base}\``,
        why: 'AWS takes one of `true` and `false`',
        next: 'keep the one that is meant',
      });
    },
  },
});
