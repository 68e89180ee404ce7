import { rule } from './rule.ts';
import { policyChecks } from './support/sources.ts';

const file = 'guardrail.scp.json';
const policy = (principal: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "KeepKeys",
      "Effect": "Deny",${principal}
      "Action": "kms:ScheduleKeyDeletion",
      "Resource": "*"
    }
  ]
}
`;

export const scpPrincipal = rule({
  id: 'scp-principal',
  group: 'invalid',
  kinds: ['scp'],
  title: 'a principal in a service control policy',
  documentation: {
    what: 'A `Principal` or `NotPrincipal` in a service control policy.',
    why: 'A service control policy speaks of everybody in the accounts it is attached to. AWS Organizations rejects one with a principal.',
    spares: 'Conditions on `aws:PrincipalArn`, which say who is meant.',
    bad: { file, text: policy('\n      "Principal": "*",') },
    good: { file, text: policy('') },
    sources: [
      policyChecks,
      {
        title: 'AWS Organizations User Guide: SCP syntax',
        url: 'https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_syntax.html',
      },
    ],
  },
  check: {
    statement({ principal }, { report }) {
      if (!principal) return;
      const isEveryone = !principal.negated && principal.items.length === 1 && principal.items[0]?.text === '*';
      report({
        at: { path: principal.path, part: 'key' },
        message: `a service control policy takes no \`${principal.name}\``,
        why: 'it speaks of everybody in the accounts it is attached to, and AWS Organizations rejects it',
        next: isEveryone ? `remove \`${principal.name}\`` : 'say who is meant by a condition on `aws:PrincipalArn`',
        fixes: [
          { title: `remove \`${principal.name}\``, safe: isEveryone, edits: [{ op: 'remove', path: principal.path }] },
        ],
      });
    },
  },
});
