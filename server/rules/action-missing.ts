import { rule } from './rule.ts';
import { withoutEffect } from './support/dead-statement.ts';
import { firstOf, statementWithout } from './support/elements.ts';
import { keyPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, keyPolicyOverview } from './support/sources.ts';

export const actionMissing = rule({
  id: 'action-missing',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a statement without `Action`',
  documentation: {
    what: 'A statement with neither `Action` nor `NotAction`.',
    why:
      'AWS KMS accepts a key policy with such a statement, and the statement has no effect: what it was to allow is not ' +
      'allowed, what it was to deny is not denied. Policies of all other kinds are rejected.',
    spares:
      'Statements that a template makes, and those whose `Action` is misspelt: `element-unknown` speaks of these.',
    bad: keyPolicyWith(`
{
  "Sid": "Decrypt orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
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
    sources: [elementPage('action'), keyPolicyOverview],
  },
  check: {
    statement(statement, { kind, isBroken, report }) {
      const object = statementWithout(statement, 'Action', 'NotAction');
      if (!object || isBroken(object)) return;
      const path = [...statement.path, 'Action'];
      const before = firstOf(object, 'Resource', 'NotResource', 'Condition');
      report({
        at: { path },
        message: 'statement has no `Action`',
        why: withoutEffect(kind, statement.effect),
        next: 'name the actions it is about',
        fixes: CHOICES.map(({ title, value }) => ({
          title,
          safe: false,
          edits: [{ op: 'set', path, value, ...before }],
        })),
      });
    },
  },
});

const CHOICES = [
  { title: 'add `"Action": "kms:Decrypt"`', value: 'kms:Decrypt' },
  {
    title: 'add the actions that use a key',
    value: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
  },
  { title: 'add `"Action": "kms:*"`', value: 'kms:*' },
];
