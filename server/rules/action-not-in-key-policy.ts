import { findAction } from '../../simulator/facts/actions.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { kmsActions } from './support/sources.ts';

const statement = (action: string): string => `
{
  "Sid": "Look at keys",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Auditor" },
  "Action": ${action},
  "Resource": "*"
}`;

export const actionNotInKeyPolicy = rule({
  id: 'action-not-in-key-policy',
  group: 'suspicious',
  kinds: ['key-policy'],
  title: 'an action that no key policy can allow',
  documentation: {
    what: 'An action such as `kms:ListKeys` or `kms:CreateKey`, which is about no single key, in a key policy.',
    why: 'A key policy speaks of its key alone. For these actions AWS KMS looks at identity policies only, so the entry does nothing.',
    spares: 'Wildcards such as `kms:List*`, which cover others as well.',
    bad: keyPolicyWith(statement('["kms:DescribeKey", "kms:ListKeys"]')),
    good: keyPolicyWith(statement('["kms:DescribeKey"]')),
    sources: [kmsActions],
  },
  check: {
    action({ text, path, pattern }, { effect, action }, { report }) {
      if (pattern.kind !== 'pattern' || pattern.service !== 'kms' || pattern.wildcards) return;
      const known = findAction(pattern.name);
      if (!known?.resources.every((type) => type === 'none')) return;
      const isOneOfSeveral = 1 < (action?.items.length ?? 0);
      report({
        at: { path, span: pattern.nameSpan },
        message: `a key policy cannot ${effect === 'Deny' ? 'deny' : 'allow'} \`${text}\``,
        why: 'the action is about no single key, and KMS asks identity policies alone',
        next: 'remove it here, and allow it in an identity policy',
        fixes: isOneOfSeveral ? [{ title: `remove \`${text}\``, safe: true, edits: [{ op: 'remove', path }] }] : [],
        tags: ['unnecessary'],
      });
    },
  },
});
