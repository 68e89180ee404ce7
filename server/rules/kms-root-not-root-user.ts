import { rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { defaultKeyPolicy } from './support/sources.ts';

const statement = (sid: string): string => `
{
  "Sid": "${sid}",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
  "Action": "kms:*",
  "Resource": "*"
}`;

export const kmsRootNotRootUser = rule({
  id: 'kms-root-not-root-user',
  group: 'style',
  kinds: ['key-policy'],
  title: 'an account that is taken for its root user',
  documentation: {
    what: 'A statement for a whole account whose `Sid` speaks of the root user.',
    why: 'The principal `arn:aws:iam::111122223333:root` is the account and not its root user alone: the statement lets identity policies of the account allow the actions to any of its users and roles.',
    spares: 'A `Sid` that says `root` alone, as the ARN does.',
    bad: keyPolicyOf(statement('Allow root user only')),
    good: keyPolicyOf(statement('Enable IAM policies')),
    sources: [
      defaultKeyPolicy,
      {
        title: 'IAM User Guide: AWS JSON policy elements, Principal',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html',
      },
    ],
  },
  check: {
    statement({ sid, path, effect, principal, conditions }, { report }) {
      if (sid === undefined || effect !== 'Allow' || !principal || principal.negated || 0 < conditions.length) return;
      const account = principal.items.find(({ pattern }) => pattern.kind === 'account');
      const [words] = ROOT_USER.exec(sid) ?? [];
      if (!account || words === undefined) return;
      report({
        at: { path: [...path, 'Sid'] },
        message: `\`${account.text}\` is the whole account and not its root user alone`,
        why: 'identity policies of the account can allow these actions to any of its users and roles',
        next: 'say so in the `Sid`, or name the principals that are meant',
        related: [{ place: { path: account.path }, message: 'the account' }],
      });
    },
  },
});

const ROOT_USER = /root[ _-]?user|root[ _-]?only|only[ _-]?root/i;
