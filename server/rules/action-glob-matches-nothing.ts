import { actionNames } from '../../simulator/facts/actions.ts';
import type { ActionItem, Statement } from '../../simulator/policy/document.ts';
import { expandAction } from '../../simulator/policy/syntax/action.ts';
import { nearest } from '../../simulator/text/nearest.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, kmsActions } from './support/sources.ts';

export const actionGlobMatchesNothing = rule({
  id: 'action-glob-matches-nothing',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a wildcard that covers no action of AWS KMS',
  documentation: {
    what: 'A pattern such as `kms:Encypt*` that no action of AWS KMS matches.',
    why: 'AWS accepts the policy, and the entry does nothing: what it was to allow is not allowed, what it was to deny is not denied.',
    spares: 'Patterns with a wildcard in the name of the service, and template expressions.',
    bad: keyPolicyWith(`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ["kms:Decrypt", "kms:GenerateDatKey*"],
  "Resource": "*"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
  "Resource": "*"
}`),
    sources: [elementPage('action'), kmsActions],
  },
  check: {
    action(item, statement, { report }) {
      if (!coversNothing(item)) return;
      const { path, pattern } = item;
      const meant = patternMeant(pattern.name);
      report({
        at: { path, span: pattern.nameSpan },
        message: `no action of AWS KMS matches \`${item.text}\``,
        why: effectOf(statement),
        next: meant ? `write \`kms:${meant}\`` : 'name an action that exists',
        fixes: meant
          ? [
              {
                title: `change to \`kms:${meant}\``,
                safe: false,
                edits: [{ op: 'replace', place: { path }, text: JSON.stringify(`kms:${meant}`) }],
              },
            ]
          : [],
      });
    },
  },
});

const QUALIFIED = actionNames.map((name) => `kms:${name}`);

function coversNothing({ pattern }: ActionItem): boolean {
  return (
    pattern.kind === 'pattern' &&
    pattern.service === 'kms' &&
    pattern.wildcards &&
    expandAction(pattern, QUALIFIED).length === 0
  );
}

/** Beginnings of actions, as people write patterns: `Encrypt*`, `Describe*`, `GenerateDataKey*`. */
const beginnings = [...new Set(actionNames.flatMap((name) => [name, name.match(/^[A-Z][a-z]+/)?.[0] ?? name]))];

/** For a pattern that only ends in `*`, the one that was probably meant. */
function patternMeant(name: string): string | undefined {
  const [, start] = /^([A-Za-z]+)\*$/.exec(name) ?? [];
  const meant = start && nearest(start, beginnings);
  return meant && `${meant}*`;
}

function effectOf({ effect, action }: Statement): string {
  if (action?.negated) return 'the entry spares nothing';
  return `the entry ${effect === 'Deny' ? 'denies' : 'allows'} nothing`;
}
