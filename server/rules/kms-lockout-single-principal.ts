import { rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { addDelegation, lockoutOf, severityOfWhole } from './support/lockout.ts';
import { administer, manageable, putKeyPolicy } from './support/lockout-examples.ts';
import { defaultKeyPolicy } from './support/sources.ts';

export const kmsLockoutSinglePrincipal = rule({
  id: 'kms-lockout-single-principal',
  group: 'suspicious',
  kinds: ['key-policy'],
  aboutWhole: true,
  title: 'a key policy that one user or role alone may change',
  documentation: {
    what: 'A key policy that allows `kms:PutKeyPolicy` to one user or role, and to nobody else.',
    why:
      'AWS ties the principal to that very user or role: when it is deleted nobody can manage the key, not even after one of ' +
      'the same name has been made.',
    spares: 'Policies that allow it to the account, and policies with placeholders among their principals.',
    bad: keyPolicyOf(administer('"arn:aws:iam::111122223333:role/KeyAdmin"')),
    good: manageable,
    sources: [defaultKeyPolicy, putKeyPolicy],
  },
  check: {
    policy(policy, { kind, facts, report }) {
      const found = lockoutOf(policy, facts);
      if (found?.fault !== 'single') return;
      const { item } = found.manager;
      report({
        at: { path: item.path },
        message: `\`${item.text}\` alone may change the key policy`,
        why: 'once it is deleted nobody can manage the key, not even one of the same name',
        next: 'allow `kms:*` to the account, too',
        severity: severityOfWhole(kind, 'warning'),
        fixes: addDelegation(policy, facts),
      });
    },
  },
});
