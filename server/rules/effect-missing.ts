import { rule } from './rule.ts';
import { firstOf, statementWithout } from './support/elements.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';

export const effectMissing = rule({
  id: 'effect-missing',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a statement without `Effect`',
  documentation: {
    what: 'A statement that says neither `Allow` nor `Deny`.',
    why: '`Effect` is required. There is no default, and AWS rejects the whole policy, its other statements included.',
    spares:
      'Statements that a template makes, and those whose `Effect` is misspelt: `element-unknown` speaks of these.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
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
    statement(statement, { isBroken, report }) {
      const object = statementWithout(statement, 'Effect');
      if (!object || isBroken(object)) return;
      const path = [...statement.path, 'Effect'];
      const before = firstOf(object, 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource');
      report({
        at: { path },
        message: 'statement has no `Effect`',
        why: 'AWS rejects the policy',
        next: 'say whether it is to `Allow` or to `Deny`',
        fixes: ['Allow', 'Deny'].map((value) => ({
          title: `add \`"Effect": "${value}"\``,
          safe: false,
          edits: [{ op: 'set', path, value, ...before }],
        })),
      });
    },
  },
});
