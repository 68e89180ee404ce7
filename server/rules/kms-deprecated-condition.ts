import { rule } from './rule.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { atKey, factOf, withKey } from './support/conditions.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsDeprecatedCondition = rule({
  id: 'kms-deprecated-condition',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'a condition key by its old name',
  documentation: {
    what: '`kms:CustomerMasterKeySpec` and `kms:CustomerMasterKeyUsage`.',
    why: 'AWS KMS still reads the old names, and documents them as deprecated. `kms:KeySpec` and `kms:KeyUsage` have the same values.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:CustomerMasterKeyUsage": "ENCRYPT_DECRYPT" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:KeyUsage": "ENCRYPT_DECRYPT" }'),
    sources: [kmsConditionKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      const fact = factOf(condition);
      if (!fact?.deprecated || !fact.name.startsWith('kms:')) return;
      const { use } = fact.deprecated;
      report({
        at: atKey(condition),
        message: `\`${condition.key.text}\` is the old name of \`${use}\``,
        why: 'AWS KMS reads both and documents this one as deprecated',
        next: `write \`${use}\``,
        fixes: withKey(condition, statement, use, true),
        tags: ['deprecated'],
      });
    },
  },
});
