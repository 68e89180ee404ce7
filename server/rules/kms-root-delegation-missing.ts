import { rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { addDelegation, lockoutOf, severityOfWhole } from './support/lockout.ts';
import { administer, manageable } from './support/lockout-examples.ts';
import { defaultKeyPolicy } from './support/sources.ts';

export const kmsRootDelegationMissing = rule({
  id: 'kms-root-delegation-missing',
  group: 'suspicious',
  kinds: ['key-policy'],
  aboutWhole: true,
  title: 'a key policy without the account',
  documentation: {
    what: 'A key policy that lets several users or roles change it, and in which no account is a principal.',
    why:
      'Identity policies count for a key only where its key policy allows the account. Without that, they allow nothing, and ' +
      'when the last named administrator is deleted nobody can manage the key.',
    spares:
      'Policies in which the account is a principal of any statement, policies with placeholders among their principals, and ' +
      'those with a single administrator or none, of which other rules speak.',
    bad: keyPolicyOf(
      administer('["arn:aws:iam::111122223333:role/KeyAdmin", "arn:aws:iam::111122223333:role/Security"]'),
    ),
    good: manageable,
    sources: [defaultKeyPolicy],
  },
  check: {
    policy(policy, { kind, facts, report }) {
      if (lockoutOf(policy, facts)?.fault !== 'no-delegation') return;
      report({
        at: { path: [...policy.base, 'Statement'], part: 'key' },
        message: 'no statement allows anything to the account of the key',
        why: 'identity policies allow nothing on it, and with the named administrators the way to manage it is gone',
        next: 'allow `kms:*` to the account, as the default key policy does',
        severity: severityOfWhole(kind, 'warning'),
        fixes: addDelegation(policy, facts),
      });
    },
  },
});
