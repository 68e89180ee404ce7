import { rule } from './rule.ts';
import { identityPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';

const statement = (resource: string): string => `
{
  "Sid": "DecryptOrders",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  ${resource}
}`;

export const notresourceAllow = rule({
  id: 'notresource-allow',
  group: 'hardening',
  kinds: policyKinds,
  title: 'an `Allow` on everything but a few resources',
  documentation: {
    what: 'An `Allow` with `NotResource`.',
    why: 'It holds for every resource that is not named: keys that are made later, and keys of other accounts, too.',
    spares:
      '`Deny` with `NotResource`, which is what the element is for, and service control policies, which allow nothing by themselves.',
    bad: identityPolicyWith(
      statement('"NotResource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"'),
    ),
    good: identityPolicyWith(
      statement('"Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"'),
    ),
    sources: [elementPage('notresource')],
  },
  check: {
    statement({ effect, resource, action }, { kind, report }) {
      if (effect !== 'Allow' || !resource?.negated || kind.kind === 'scp' || action?.negated) return;
      report({
        at: { path: resource.path, part: 'key' },
        message: '`Allow` with `NotResource` allows it on everything that is not named',
        why: 'keys that are made later and keys of other accounts included',
        next: 'name in `Resource` what is to be allowed',
      });
    },
  },
});
