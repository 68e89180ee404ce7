import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { multivaluedKeys } from './support/condition-sources.ts';
import { policyKinds } from './support/kinds.ts';
import { comparesText } from './support/kms-values.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsMultipleMacValues = rule({
  id: 'kms-multiple-mac-values',
  group: 'style',
  kinds: policyKinds,
  optIn: true,
  title: 'several values of `kms:MacAlgorithm`, which mean any of them',
  documentation: {
    what: 'A condition on `kms:MacAlgorithm` with more than one value.',
    why:
      'Several values of a condition key mean that one of them is enough, as for every other key. A page of AWS reads as if all ' +
      'of them were asked for; a request has one algorithm, so that could never be.',
    spares: 'Negated operators, which are about all of their values by nature.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:MacAlgorithm": ["HMAC_SHA_256", "HMAC_SHA_384"] }', {
      action: '"kms:GenerateMac"',
    }),
    good: keyPolicyWithCondition('"StringEquals": { "kms:MacAlgorithm": "HMAC_SHA_256" }', {
      action: '"kms:GenerateMac"',
    }),
    sources: [kmsConditionKeys, multivaluedKeys],
  },
  check: {
    condition(condition, _statement, { report }) {
      const { operator, values, path } = condition;
      if (!comparesText(condition, 'kms:macalgorithm') || operator.negated || operator.set || values.length < 2) return;
      report({
        at: { path, part: 'key' },
        message: `${values.length} values of \`${condition.key.text}\` mean any of them`,
        why: 'a request has one algorithm, so they cannot mean all of them',
        next: 'leave it if that is what is meant, else name one',
      });
    },
  },
});
