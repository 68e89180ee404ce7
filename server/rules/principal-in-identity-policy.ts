import { rule } from './rule.ts';
import { elementPage, policyChecks } from './support/sources.ts';

export const principalInIdentityPolicy = rule({
  id: 'principal-in-identity-policy',
  group: 'invalid',
  kinds: ['iam-policy'],
  title: 'a principal in an identity policy',
  documentation: {
    what: 'A `Principal` or `NotPrincipal` in a policy of a user, a group or a role.',
    why: 'An identity policy speaks of whom it is attached to. AWS rejects it when it names a principal.',
    spares: 'Key policies, resource control policies and endpoint policies, which need one.',
    bad: {
      file: 'orders.iam-policy.json',
      text: `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
      "Action": "kms:Decrypt",
      "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  ]
}
`,
    },
    good: {
      file: 'orders.iam-policy.json',
      text: `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Action": "kms:Decrypt",
      "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
  ]
}
`,
    },
    sources: [elementPage('principal'), policyChecks],
  },
  check: {
    statement({ principal, effect }, { report }) {
      if (!principal) return;
      const isPlain = effect === 'Allow' && !principal.negated;
      report({
        at: { path: principal.path, part: 'key' },
        message: `an identity policy takes no \`${principal.name}\``,
        why: 'it speaks of the user, group or role that it is attached to, and AWS rejects it',
        next: `remove \`${principal.name}\`, or put the statement into the key policy`,
        // Without its principal a Deny denies everybody whom the policy is attached to.
        fixes: [
          { title: `remove \`${principal.name}\``, safe: isPlain, edits: [{ op: 'remove', path: principal.path }] },
        ],
      });
    },
  },
});
