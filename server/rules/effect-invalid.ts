import { memberOf } from '../../simulator/json/node.ts';
import { hasPlaceholder } from '../../simulator/policy/syntax/placeholder.ts';
import { nearest } from '../../simulator/text/nearest.ts';
import { type Fix, rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';

const EFFECTS = ['Allow', 'Deny'] as const;

export const effectInvalid = rule({
  id: 'effect-invalid',
  group: 'invalid',
  kinds: policyKinds,
  title: 'an `Effect` other than `Allow` and `Deny`',
  documentation: {
    what: 'An `Effect` whose text is neither `Allow` nor `Deny`. Capitals count.',
    why: 'AWS rejects the policy.',
    spares: 'Template expressions, which become `Allow` or `Deny` later, and values that are no text.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`),
    sources: [elementPage('effect')],
  },
  check: {
    statement(statement, { report }) {
      const node = statement.object && memberOf(statement.object, 'Effect')?.value;
      if (node?.type !== 'string' || statement.effect || hasPlaceholder(node.value)) return;
      const place = { path: [...statement.path, 'Effect'] };
      const change = (to: string, safe: boolean): Fix => ({
        title: `change to \`${to}\``,
        safe,
        edits: [{ op: 'replace', place, text: JSON.stringify(to) }],
      });
      const meant = nearest(node.value.trim(), EFFECTS);
      report({
        at: place,
        message: node.value.trim() === '' ? '`Effect` is empty' : `\`${node.value}\` is not an effect`,
        why: 'AWS rejects the policy',
        next: meant ? `write \`${meant}\`` : 'write `Allow` or `Deny`',
        fixes: meant ? [change(meant, true)] : EFFECTS.map((effect) => change(effect, false)),
      });
    },
  },
});
