import type { ActionItem, Statement } from '../../simulator/policy/document.ts';
import { type Fix, rule } from './rule.ts';
import { isReencrypt } from './support/action-names.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { kmsActions } from './support/sources.ts';

export const kmsReencryptAction = rule({
  id: 'kms-reencrypt-action',
  group: 'invalid',
  kinds: policyKinds,
  title: '`kms:ReEncrypt`, which is an operation and no permission',
  documentation: {
    what: 'The action `kms:ReEncrypt`.',
    why:
      'The API operation ReEncrypt asks for two permissions: `kms:ReEncryptFrom` on the key that decrypts and ' +
      '`kms:ReEncryptTo` on the key that encrypts. A permission `kms:ReEncrypt` does not exist, so the entry has no ' +
      'effect and ReEncrypt fails with AccessDeniedException.',
    spares: '`kms:ReEncrypt*`, which covers both.',
    bad: keyPolicyWith(`
{
  "Sid": "Re-encrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:ReEncrypt",
  "Resource": "*"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Re-encrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:ReEncrypt*",
  "Resource": "*"
}`),
    sources: [
      {
        title: 'AWS KMS API Reference: ReEncrypt, required permissions',
        url: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html',
      },
      kmsActions,
    ],
  },
  check: {
    action(item, statement, { report }) {
      const { pattern, path, text } = item;
      if (!isReencrypt(pattern)) return;
      report({
        at: { path, span: pattern.nameSpan },
        message: `\`${text}\` is an API operation and no permission`,
        why: 'the entry has no effect: ReEncrypt asks for `kms:ReEncryptFrom` on one key and `kms:ReEncryptTo` on the other',
        next: 'write `kms:ReEncrypt*` for both, or name the one that is needed',
        fixes: fixesOf(item, statement),
      });
    },
  },
});

function fixesOf({ path, pattern }: ActionItem, { action }: Statement): Fix[] {
  const others = new Set(action?.items.map(({ text }) => text.toLowerCase()));
  const covered = ['*', 'kms:*', 'kms:reencrypt*'].some((each) => others.has(each));
  if (covered || (others.has('kms:reencryptfrom') && others.has('kms:reencryptto')))
    return [{ title: 'remove it, since other entries cover both', safe: true, edits: [{ op: 'remove', path }] }];
  const change = (name: string, safe: boolean): Fix => ({
    title: `change to \`kms:${name}\``,
    safe,
    edits: [{ op: 'replace', place: { path, span: pattern.nameSpan }, text: name }],
  });
  return [change('ReEncrypt*', true), change('ReEncryptFrom', false), change('ReEncryptTo', false)];
}
