import { rule } from './rule.ts';
import { lacks, policyElements } from './support/elements.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';
import { firstVariable } from './support/values.ts';

const statement = `"Statement": [
    {
      "Sid": "Enable IAM policies",
      "Effect": "Allow",
      "Principal": { "AWS": "arn:aws:iam::111122223333:root" },
      "Action": "kms:*",
      "Resource": "*"
    }
  ]`;

export const versionMissing = rule({
  id: 'version-missing',
  group: 'suspicious',
  kinds: policyKinds,
  yieldsTo: ['variable-unsupported-in-version'],
  title: 'a policy without `Version`',
  documentation: {
    what: 'A policy that does not say `"Version": "2012-10-17"`.',
    why:
      'AWS then reads it by the rules of 2008-10-17, in which policy variables such as `${aws:username}` are plain ' +
      'text: a condition that compares with one never holds, or holds for the wrong requests.',
    spares:
      'An older `Version` that is written down. The fix is not applied in bulk where the policy has variables, because ' +
      'they begin to work.',
    bad: { file: 'orders.key-policy.json', text: `{\n  ${statement}\n}\n` },
    good: { file: 'orders.key-policy.json', text: `{\n  "Version": "2012-10-17",\n  ${statement}\n}\n` },
    sources: [elementPage('version'), elementPage('variables')],
  },
  check: {
    policy({ root, base }, { isBroken, report }) {
      if (root.type !== 'object' || !lacks(root, ['Version'], policyElements) || isBroken(root)) return;
      const variable = firstVariable(root);
      const path = [...base, 'Version'];
      const first = root.members[0]?.key.value;
      report({
        at: { path },
        message: 'policy has no `Version`',
        why: `AWS reads it as 2008-10-17, in which ${variable ? `\`${variable}\` is` : 'policy variables are'} plain text`,
        next: 'add `"Version": "2012-10-17"`',
        fixes: [
          {
            title: 'add `"Version": "2012-10-17"`',
            safe: variable === undefined,
            edits: [{ op: 'set', path, value: '2012-10-17', ...(first === undefined ? {} : { before: first }) }],
          },
        ],
      });
    },
  },
});
