import { findAction } from '../../simulator/facts/actions.ts';
import type { ActionItem } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { actionsMeant, isReencrypt } from './support/action-names.ts';
import { effectOfDeadEntry } from './support/dead-statement.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, kmsActions } from './support/sources.ts';

export const actionUnknown = rule({
  id: 'action-unknown',
  group: 'invalid',
  kinds: policyKinds,
  yieldsTo: ['kms-action-is-not-permission'],
  title: 'a `kms:` action that does not exist',
  documentation: {
    what: 'An action of AWS KMS that there is not, mostly a slip of the keyboard. The nearest action is suggested.',
    why:
      'AWS accepts actions that do not exist. Such an entry allows nothing and denies nothing, which goes unnoticed ' +
      'until a call fails, or until one succeeds that a `Deny` was to stop.',
    spares:
      'Actions of other services, wildcards, template expressions, `kms:ReEncrypt`, of which `kms-reencrypt-action` ' +
      'speaks, and names of other things of KMS, of which `kms-action-is-not-permission` speaks. Capitals do not count in actions. The fix is applied in bulk for a single slip of the keyboard; a word ' +
      'that is missing or wrong is for somebody to look at.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decypt",
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
    sources: [kmsActions, elementPage('action')],
  },
  check: {
    action(item, statement, { report }) {
      if (!isUnknown(item)) return;
      const { text, path, pattern } = item;
      const meant = actionsMeant(pattern.name.trim());
      const [first, second] = meant;
      report({
        at: { path, span: pattern.name === '' ? { start: 0, end: text.length } : pattern.nameSpan },
        message: `AWS KMS has no action \`${text}\``,
        why: effectOfDeadEntry(statement),
        next: first
          ? `write \`kms:${first.name}\`${second ? ` or \`kms:${second.name}\`` : ''}`
          : 'name an action that exists',
        fixes: meant.map(({ name, sure }) => ({
          title: `change to \`kms:${name}\``,
          safe: sure,
          edits: [{ op: 'replace', place: { path }, text: JSON.stringify(`kms:${name}`) }],
        })),
      });
    },
  },
});

function isUnknown({ pattern }: ActionItem): boolean {
  if (pattern.service.trim() !== 'kms' || pattern.kind === 'unknown' || pattern.wildcards) return false;
  if (pattern.problems.some(({ code }) => code === 'variable') || isReencrypt(pattern)) return false;
  return pattern.kind === 'malformed' || !findAction(pattern.name);
}
