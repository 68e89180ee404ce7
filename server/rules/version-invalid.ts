import { memberOf } from '../../simulator/json/node.ts';
import { hasPlaceholder } from '../../simulator/policy/syntax/placeholder.ts';
import { rule } from './rule.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage } from './support/sources.ts';

const VERSIONS = ['2012-10-17', '2008-10-17'];

const policy = (version: string): string => `{
  "Version": "${version}",
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
`;

export const versionInvalid = rule({
  id: 'version-invalid',
  group: 'invalid',
  kinds: policyKinds,
  title: 'a `Version` that the policy language does not have',
  documentation: {
    what: 'A `Version` other than `2012-10-17` and `2008-10-17`.',
    why:
      '`Version` is not the date of the policy but the version of the language it is written in, and there are only ' +
      'these two. AWS rejects any other.',
    spares: 'The old `2008-10-17`, which AWS still accepts, and template expressions.',
    bad: { file: 'orders.key-policy.json', text: policy('2012-10-27') },
    good: { file: 'orders.key-policy.json', text: policy('2012-10-17') },
    sources: [elementPage('version')],
  },
  check: {
    policy({ root, base }, { report }) {
      const node = root.type === 'object' ? memberOf(root, 'Version')?.value : undefined;
      if (node?.type !== 'string' || VERSIONS.includes(node.value) || hasPlaceholder(node.value)) return;
      const place = { path: [...base, 'Version'] };
      report({
        at: place,
        message: node.value === '' ? '`Version` is empty' : `\`${node.value}\` is no version of the policy language`,
        why: 'it is not the date of the policy, and AWS rejects all but `2012-10-17` and `2008-10-17`',
        next: 'write `2012-10-17`',
        fixes: [
          {
            title: 'change to `2012-10-17`',
            safe: true,
            edits: [{ op: 'replace', place, text: '"2012-10-17"' }],
          },
        ],
      });
    },
  },
});
