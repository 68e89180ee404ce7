import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { removalOf } from './support/principals.ts';
import { elementPage, keyPolicyOverview } from './support/sources.ts';

const statement = (principal: string): string => `
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:${principal}" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`;

export const principalGroup = rule({
  id: 'principal-group',
  group: 'invalid',
  kinds: resourcePolicyKinds,
  title: 'a group as a principal',
  documentation: {
    what: 'The ARN of an IAM group as a principal.',
    why:
      'A group cannot sign in and is nobody who calls; it only carries identity policies to its users. AWS rejects the ' +
      'policy for an invalid principal.',
    bad: keyPolicyWith(statement('group/Clerks')),
    good: keyPolicyWith(statement('role/Clerks')),
    sources: [elementPage('principal'), keyPolicyOverview],
  },
  check: {
    principal(item, statement, { report }) {
      const { text, path, pattern } = item;
      if (pattern.kind !== 'group' && !(pattern.kind === 'unknown' && pattern.shape === 'group')) return;
      report({
        at: { path },
        message: `the group \`${text}\` cannot be a principal`,
        why: 'a group is nobody who calls, and AWS rejects the policy',
        next: 'name the users or a role, or allow the account and give the group an identity policy',
        fixes: removalOf(item, statement),
      });
    },
  },
});
