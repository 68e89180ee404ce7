import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (principal: string): string => `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  ${principal},
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const principalNotprincipalAllow = rule({
  id: 'principal-notprincipal-allow',
  group: 'exposure',
  kinds: resourcePolicyKinds,
  title: 'an `Allow` for everyone but a few',
  documentation: {
    what: 'An `Allow` with `NotPrincipal`.',
    why:
      'It allows everyone who is not named, in every AWS account. AWS documents `NotPrincipal` for `Deny` only, and most ' +
      'services refuse it with `Allow`.',
    spares: '`Deny` with `NotPrincipal`, of which `principal-notprincipal-deny` speaks.',
    bad: keyPolicyWith(statement('"NotPrincipal": { "AWS": "arn:aws:iam::111122223333:role/Guest" }')),
    good: keyPolicyWith(statement('"Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" }')),
    sources: [elementPage('notprincipal'), policyChecks],
  },
  check: {
    statement({ effect, principal }, { report }) {
      if (effect !== 'Allow' || !principal?.negated) return;
      report({
        at: { path: principal.path, part: 'key' },
        message: '`Allow` with `NotPrincipal` allows everyone who is not named',
        why: 'in every AWS account',
        next: 'name in `Principal` who is to be allowed',
      });
    },
  },
});
