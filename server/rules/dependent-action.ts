import { rule } from './rule.ts';
import { withAction } from './support/action-edits.ts';
import { lackingIn } from './support/dependent-actions.ts';
import { identityPolicyWith } from './support/examples.ts';
import { kmsActions } from './support/sources.ts';

const statement = (actions: string): string => `
{
  "Sid": "RewrapOrders",
  "Effect": "Allow",
  "Action": ${actions},
  "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
}`;

export const dependentAction = rule({
  id: 'dependent-action',
  group: 'style',
  kinds: ['iam-policy'],
  yieldsTo: ['kms-replicate-needs-createkey'],
  aboutWhole: true,
  title: 'an action that needs another one',
  documentation: {
    what:
      'An identity policy that allows one of `kms:ReEncryptFrom` and `kms:ReEncryptTo` and the other nowhere, or that ' +
      'allows `kms:CreateKey` or `kms:ReplicateKey` only with tags and `kms:TagResource` nowhere.',
    why:
      'ReEncrypt asks for one permission on the key that decrypts and for one on the key that encrypts, and tags in ' +
      'CreateKey or ReplicateKey ask for `kms:TagResource`. Where the other permission is missing, the call is denied.',
    spares:
      'Wildcards, policies with something unknown, and key policies, where the other permission may come from an identity ' +
      'policy or from another key. That a replica needs `kms:CreateKey` is told by `kms-replicate-needs-createkey`.',
    bad: identityPolicyWith(statement('["kms:ReEncryptFrom"]')),
    good: identityPolicyWith(statement('["kms:ReEncryptFrom", "kms:ReEncryptTo"]')),
    sources: [
      kmsActions,
      {
        title: 'AWS KMS API Reference: ReEncrypt, required permissions',
        url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html',
      },
    ],
  },
  check: {
    policy(policy, { report }) {
      for (const { item, statement: owner, needed } of lackingIn(policy)) {
        if (needed.on === 'replica-region') continue;
        const other = `kms:${needed.action}`;
        report({
          at: { path: item.path },
          message: `\`${item.text}\` needs \`${other}\` besides, which the policy does not allow`,
          why: needed.when
            ? 'the statement demands tags, and to give them is a permission of its own'
            : 'the operation asks for both',
          next: 'allow it here, unless another policy does',
          fixes: [withAction(item, owner, other)],
        });
      }
    },
  },
});
