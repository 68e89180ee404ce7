import type { Statement } from '../../simulator/policy/document.ts';
import { rule } from './rule.ts';
import { withoutEffect } from './support/dead-statement.ts';
import { firstOf, statementWithout } from './support/elements.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, keyPolicyOverview } from './support/sources.ts';

export const resourceMissing = rule({
  id: 'resource-missing',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a statement without `Resource`',
  documentation: {
    what: 'A statement with neither `Resource` nor `NotResource`.',
    why:
      'AWS KMS accepts a key policy with such a statement, and the statement has no effect: what it was to allow is not ' +
      'allowed, what it was to deny is not denied. Policies of all other kinds are rejected. In a key policy `"*"` is ' +
      'the key that the policy belongs to and nothing else.',
    spares:
      'Statements that a template makes, and those whose `Resource` is misspelt: `element-unknown` speaks of these. The ' +
      'fix is applied in bulk in key policies alone, and not where it would open the key to everyone: elsewhere `"*"` ' +
      'is every key there is.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt"
}`),
    good: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`),
    sources: [elementPage('resource'), keyPolicyOverview],
  },
  check: {
    statement(statement, { kind, isBroken, report }) {
      const object = statementWithout(statement, 'Resource', 'NotResource');
      if (!object || isBroken(object)) return;
      const path = [...statement.path, 'Resource'];
      report({
        at: { path },
        message: 'statement has no `Resource`',
        why: withoutEffect(kind, statement.effect),
        next:
          kind.kind === 'key-policy' ? 'add `"Resource": "*"`, which is this key alone' : 'name the keys it is about',
        fixes: [
          {
            title: 'add `"Resource": "*"`',
            safe: kind.kind === 'key-policy' && !isOpen(statement),
            edits: [{ op: 'set', path, value: '*', ...firstOf(object, 'Condition') }],
          },
        ],
      });
    },
  },
});

/** Whether it speaks of everyone, or of everyone but a few. */
function isOpen({ principal }: Statement): boolean {
  return (
    principal !== undefined && (principal.negated || principal.items.some(({ pattern }) => pattern.kind === 'everyone'))
  );
}
