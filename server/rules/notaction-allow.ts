import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';

const statement = (action: string): string => `
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  ${action},
  "Resource": "*"
}`;

export const notactionAllow = rule({
  id: 'notaction-allow',
  group: 'hardening',
  kinds: policyKinds,
  yieldsTo: ['notaction-notresource'],
  title: 'an `Allow` of everything but a few actions',
  documentation: {
    what: 'An `Allow` with `NotAction`.',
    why: 'It allows every action that is not named, those that AWS adds later included; in an identity policy those of all other services, too.',
    spares: '`Deny` with `NotAction`, which is what the element is for, and service control policies.',
    bad: keyPolicyWith(statement('"NotAction": "kms:ScheduleKeyDeletion"')),
    good: keyPolicyWith(statement('"Action": ["kms:Decrypt", "kms:GenerateDataKey"]')),
    sources: [elementPage('notaction')],
  },
  check: {
    statement({ effect, action }, { kind, report }) {
      if (effect !== 'Allow' || !action?.negated || kind.kind === 'scp') return;
      report({
        at: { path: action.path, part: 'key' },
        message: '`Allow` with `NotAction` allows everything that is not named',
        why: 'actions that AWS adds later included',
        next: 'name what is to be allowed in `Action`',
      });
    },
  },
});
