import { rule } from './rule.ts';
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

export const versionOld = rule({
  id: 'version-old',
  group: 'suspicious',
  kinds: policyKinds,
  yieldsTo: ['variable-unsupported-in-version'],
  title: 'a policy in the language of 2008',
  documentation: {
    what: 'A policy whose `Version` is `2008-10-17`.',
    why:
      'That version of the language has no policy variables: `${aws:username}` and its like are plain text in it, so a ' +
      'condition that is later given one never holds, or holds for the wrong requests.',
    spares: 'The fix is not applied in bulk where the policy has variables, because they begin to work.',
    bad: { file: 'orders.key-policy.json', text: `{\n  "Version": "2008-10-17",\n  ${statement}\n}\n` },
    good: { file: 'orders.key-policy.json', text: `{\n  "Version": "2012-10-17",\n  ${statement}\n}\n` },
    sources: [elementPage('version'), elementPage('variables')],
  },
  check: {
    policy({ root, base, version }, { report }) {
      if (version !== '2008-10-17') return;
      const variable = firstVariable(root);
      const path = [...base, 'Version'];
      report({
        at: { path },
        message: '`2008-10-17` is the old version of the policy language',
        why: `${variable ? `\`${variable}\` is` : 'policy variables are'} plain text in it`,
        next: 'write `2012-10-17`',
        fixes: [
          {
            title: 'change to `2012-10-17`',
            safe: variable === undefined,
            edits: [{ op: 'replace', place: { path }, text: '"2012-10-17"' }],
          },
        ],
      });
    },
  },
});
