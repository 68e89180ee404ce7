import { rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { addDelegation, lockoutOf, severityOfWhole } from './support/lockout.ts';
import { administer, manageable } from './support/lockout-examples.ts';
import { defaultKeyPolicy, elementPage } from './support/sources.ts';

export const kmsLockoutSessionOnly = rule({
  id: 'kms-lockout-session-only',
  group: 'invalid',
  kinds: ['key-policy'],
  aboutWhole: true,
  title: 'a key policy that only sessions may change',
  documentation: {
    what: 'A key policy that allows `kms:PutKeyPolicy` to sessions of roles or to federated users, and to nobody else.',
    why:
      'A session is named by whoever starts it: the policy can only be changed by somebody who may assume the role and ' +
      'happens to choose that name.',
    spares: 'Policies that name the role, a user or the account, too.',
    bad: keyPolicyOf(administer('"arn:aws:sts::111122223333:assumed-role/KeyAdmin/alice"')),
    good: manageable,
    sources: [elementPage('principal'), defaultKeyPolicy],
  },
  check: {
    policy(policy, { kind, facts, report }) {
      const found = lockoutOf(policy, facts);
      if (found?.fault !== 'sessions') return;
      const { text, path } = found.manager.item;
      report({
        at: { path },
        message: 'only sessions may change the key policy',
        why: `\`${text}\` is there only while somebody works under that name`,
        next: 'name the role, or allow `kms:*` to the account',
        severity: severityOfWhole(kind, 'error'),
        fixes: addDelegation(policy, facts),
      });
    },
  },
});
