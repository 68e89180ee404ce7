import { rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { addDelegation, lockoutOf, severityOfWhole } from './support/lockout.ts';
import { administer, manageable } from './support/lockout-examples.ts';
import { defaultKeyPolicy, kmsConditionKeys } from './support/sources.ts';

export const kmsLockoutConditionalAdmin = rule({
  id: 'kms-lockout-conditional-admin',
  group: 'suspicious',
  kinds: ['key-policy'],
  aboutWhole: true,
  title: 'a key policy whose administrators depend on a condition that may fail for good',
  documentation: {
    what:
      'A key policy in which every statement that allows `kms:PutKeyPolicy` has a condition on an address, a network, a ' +
      'service, a tag of the caller or a date.',
    why:
      'Addresses change, endpoints are replaced, tags are taken away and dates pass. Then nobody can change the policy, ' +
      'nor the condition that stands in the way.',
    spares:
      'Conditions that stay true, such as `kms:CallerAccount` or MFA, and policies in which one way to the policy has no such ' +
      'condition.',
    bad: keyPolicyOf(
      administer(
        '"arn:aws:iam::111122223333:root"',
        `,
  "Condition": {
    "IpAddress": { "aws:SourceIp": "203.0.113.0/24" }
  }`,
      ),
    ),
    good: manageable,
    sources: [kmsConditionKeys, defaultKeyPolicy],
  },
  check: {
    policy(policy, { kind, facts, report }) {
      const found = lockoutOf(policy, facts);
      if (found?.fault !== 'conditional') return;
      const { key, path } = found.condition;
      report({
        at: { path, part: 'key' },
        message: `whether anybody may change the key policy depends on conditions such as \`${key.text}\``,
        why: 'when they no longer hold nobody can change the policy, the conditions included',
        next: 'allow `kms:PutKeyPolicy` without such a condition to the account or to an administrator',
        severity: severityOfWhole(kind, 'warning'),
        fixes: addDelegation(policy, facts),
      });
    },
  },
});
