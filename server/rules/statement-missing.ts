import { rule } from './rule.ts';
import { lacks, policyElements, statementElements } from './support/elements.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';

export const statementMissing = rule({
  id: 'statement-missing',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a policy without `Statement`',
  documentation: {
    what: 'A policy that has no `Statement`, or whose only statement stands at the top without one around it.',
    why: '`Statement` is what a policy consists of. AWS rejects a policy that has none.',
    spares: 'An empty list of statements, and a `Statement` that is misspelt: `element-unknown` speaks of that.',
    bad: { file: 'orders.key-policy.json', text: '{\n  "Version": "2012-10-17",\n  "Id": "orders"\n}\n' },
    good: {
      file: 'orders.key-policy.json',
      text: `{
  "Version": "2012-10-17",
  "Id": "orders",
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
    sources: [elementPage('statement')],
  },
  check: {
    policy({ root, base }, { isBroken, report }) {
      if (root.type !== 'object' || !lacks(root, ['Statement'], policyElements) || isBroken(root)) return;
      const names: readonly string[] = statementElements;
      const loose = root.members.find(({ key }) => names.includes(key.value))?.key.value;
      report({
        at: { path: [...base, 'Statement'] },
        message: 'policy has no `Statement`',
        why: 'AWS rejects it',
        next: loose
          ? `put \`${loose}\` and what belongs to it into a \`Statement\``
          : 'add a `Statement` with what it allows',
      });
    },
  },
});
