import { findConditionKey, kmsConditionKeys } from '../../simulator/facts/condition-keys.ts';
import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsActions, kmsConditionKeys as kmsConditionKeysPage, policyChecks } from './support/sources.ts';
import { plainNames, unknownKey } from './support/unknown-key.ts';

const names = plainNames(kmsConditionKeys);

export const condKeyUnknown = rule({
  id: 'cond-key-unknown',
  group: 'invalid',
  kinds: policyKinds,
  yieldsTo: ['kms-condition-context-equals', 'kms-condition-context-bare', 'kms-condition-key-as-constraint'],
  title: 'a condition key that AWS KMS does not have',
  documentation: {
    what: 'A condition key that begins with `kms:` and does not exist.',
    why: 'Such a key is never in a request. An `Allow` that asks for it never applies, a `Deny` neither, and a negated condition always holds.',
    spares: 'Condition keys of other services, capitals, which do not count, and names that a template fills in.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:ViaServices": "s3.us-east-1.amazonaws.com" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:ViaService": "s3.us-east-1.amazonaws.com" }'),
    sources: [kmsConditionKeysPage, kmsActions, policyChecks],
  },
  check: {
    condition(condition, statement, { report }) {
      const { key } = condition;
      if (key.kind !== 'key' || key.service !== 'kms' || findConditionKey(key.text)) return;
      report(unknownKey(condition, statement, 'AWS KMS', names));
    },
  },
});
