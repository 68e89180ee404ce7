import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';

const statement = (action: string): string => `
{
  "Sid": "Look after grants",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Grants" },
  "Action": ${action},
  "Resource": "*"
}`;

export const kmsRetiregrantInKeyPolicy = rule({
  id: 'kms-retiregrant-in-key-policy',
  group: 'suspicious',
  kinds: ['key-policy'],
  title: '`kms:RetireGrant` in a key policy',
  documentation: {
    what: '`kms:RetireGrant` in a statement of a key policy, `Allow` or `Deny`.',
    why:
      'Who may retire a grant is for the grant to say: its retiring principal, and its grantee if RetireGrant is among its ' +
      'operations. No key policy has a say in it, so the entry does nothing.',
    spares: 'Wildcards such as `kms:*`, which cover others as well.',
    bad: keyPolicyWith(statement('["kms:ListGrants", "kms:RetireGrant"]')),
    good: keyPolicyWith(statement('["kms:ListGrants", "kms:RevokeGrant"]')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Retiring and revoking grants',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/grant-delete.html',
      },
    ],
  },
  check: {
    action({ text, path, pattern }, { effect, action }, { report }) {
      if (pattern.kind !== 'pattern' || text.toLowerCase() !== 'kms:retiregrant' || action?.negated) return;
      const isOneOfSeveral = 1 < (action?.items.length ?? 0);
      report({
        at: { path },
        message: `a key policy cannot ${effect === 'Deny' ? 'deny' : 'allow'} \`${text}\``,
        why: 'the grant itself says who may retire it',
        next: 'remove it, or use `kms:RevokeGrant`, which a key policy decides',
        fixes: isOneOfSeveral ? [{ title: `remove \`${text}\``, safe: true, edits: [{ op: 'remove', path }] }] : [],
        tags: ['unnecessary'],
      });
    },
  },
});
