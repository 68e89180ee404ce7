import { findConditionKey, globalConditionKeys } from '../../simulator/facts/condition-keys.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { globalConditionKeys as globalConditionKeysPage } from './support/condition-sources.ts';
import { policyKinds } from './support/kinds.ts';
import { policyChecks } from './support/sources.ts';
import { plainNames, unknownKey } from './support/unknown-key.ts';

const names = plainNames(globalConditionKeys);

export const condKeyGlobalUnknown = rule({
  id: 'cond-key-global-unknown',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a global condition key that AWS does not have',
  documentation: {
    what: 'A condition key that begins with `aws:` and is not one of the global condition keys.',
    why: 'Such a key is never in a request. An `Allow` that asks for it never applies, a `Deny` neither, and a negated condition always holds.',
    spares: 'Capitals, which do not count, and names that a template fills in.',
    bad: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalOrgIDs": "o-a1b2c3d4e5" }'),
    good: keyPolicyWithCondition('"StringEquals": { "aws:PrincipalOrgID": "o-a1b2c3d4e5" }'),
    sources: [globalConditionKeysPage, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const { key } = condition;
      if (key.kind !== 'key' || key.service !== 'aws' || findConditionKey(key.text)) return;
      report(unknownKey(condition, statement, 'AWS', names));
    },
  },
});
