import { rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { lockoutOf, severityOfWhole } from './support/lockout.ts';
import { administer, delegation } from './support/lockout-examples.ts';
import { defaultKeyPolicy, elementPage } from './support/sources.ts';

const deny = (action: string): string => `
{
  "Sid": "Guard the key",
  "Effect": "Deny",
  "Principal": "*",
  "Action": ${action},
  "Resource": "*"
}`;

export const kmsLockoutDenySelf = rule({
  id: 'kms-lockout-deny-self',
  group: 'invalid',
  kinds: ['key-policy'],
  aboutWhole: true,
  title: 'a `Deny` that keeps every administrator from changing the key policy',
  documentation: {
    what:
      'A `Deny` of `kms:PutKeyPolicy` that meets all whom the key policy allows it: everyone, their account, or everyone but ' +
      'principals whom no statement allows it.',
    why: 'A `Deny` wins over every `Allow`, so nobody can change the policy, and nobody can take the `Deny` out again.',
    spares:
      'A `Deny` with other conditions than on `aws:PrincipalArn`, which may let somebody off, and `NotPrincipal`.',
    bad: keyPolicyOf(
      delegation,
      administer('"arn:aws:iam::111122223333:role/KeyAdmin"'),
      deny('["kms:PutKeyPolicy", "kms:ScheduleKeyDeletion"]'),
    ),
    good: keyPolicyOf(
      delegation,
      administer('"arn:aws:iam::111122223333:role/KeyAdmin"'),
      deny('["kms:DisableKey", "kms:ScheduleKeyDeletion"]'),
    ),
    sources: [elementPage('effect'), defaultKeyPolicy],
  },
  check: {
    policy(policy, { kind, facts, report }) {
      const found = lockoutOf(policy, facts);
      if (found?.fault !== 'denied') return;
      const { deny, stopped } = found;
      report({
        at: { path: [...deny.path, 'Effect'] },
        message: 'the `Deny` keeps all who may change the key policy from doing so',
        why: 'it wins over every `Allow`, and nobody can take it out again',
        next: 'leave `kms:PutKeyPolicy` out of it, or let administrators off with a condition on `aws:PrincipalArn`',
        severity: severityOfWhole(kind, 'error'),
        related: [{ place: { path: stopped.item.path }, message: 'allowed here' }],
      });
    },
  },
});
