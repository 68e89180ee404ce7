import { memberOf } from '../../simulator/json/node.ts';
import { rule } from './rule.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, jsonGrammar } from './support/sources.ts';

export const statementEmpty = rule({
  id: 'statement-empty',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a policy without a single statement',
  documentation: {
    what: 'A `Statement` that is an empty list.',
    why: 'A policy is made of statements; AWS rejects one that has none.',
    bad: { file: 'orders.key-policy.json', text: '{\n  "Version": "2012-10-17",\n  "Statement": []\n}\n' },
    good: {
      file: 'orders.key-policy.json',
      text: `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Enable IAM policies",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:*",
      "Resource": "*"
    }
  ]
}
`,
    },
    sources: [elementPage('statement'), jsonGrammar],
  },
  check: {
    policy({ root, base }, { isBroken, report }) {
      const list = root.type === 'object' ? memberOf(root, 'Statement')?.value : undefined;
      if (list?.type !== 'array' || 0 < list.elements.length || root.type !== 'object' || isBroken(root)) return;
      report({
        at: { path: [...base, 'Statement'] },
        message: 'policy has no statement',
        why: 'AWS rejects it',
        next: 'add a statement',
      });
    },
  },
});
