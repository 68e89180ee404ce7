import type { Item, PolicyDocument } from '../../simulator/policy/document.ts';
import { parseTemplate } from '../../simulator/policy/syntax/variable.ts';
import { type Fix, rule } from './rule.ts';
import { lacks, policyElements } from './support/elements.ts';
import { policyKinds } from './support/kinds.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const policyText = (version: string): string => `{
  "Version": "${version}",
  "Statement": [
    {
      "Sid": "DecryptOwn",
      "Effect": "Allow",
      "Action": "kms:Decrypt",
      "Resource": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
      "Condition": {
        "StringEquals": { "kms:EncryptionContext:user": "\${aws:username}" }
      }
    }
  ]
}
`;

const file = 'orders.iam-policy.json';

export const variableUnsupportedInVersion = rule({
  id: 'variable-unsupported-in-version',
  group: 'invalid',
  kinds: policyKinds,
  title: 'policy variables under a version that has none',
  documentation: {
    what: 'A policy variable in `Resource` or in a condition of a policy whose `Version` is `2008-10-17` or missing.',
    why:
      'Variables came with version 2012-10-17 of the language. Before, `${aws:username}` is plain text: an `Allow` with it ' +
      'never applies, and a `Deny` spares everyone or nobody.',
    spares: 'Template expressions of other tools. The fix is not applied in bulk, since the variables begin to work.',
    bad: { file, text: policyText('2008-10-17') },
    good: { file, text: policyText('2012-10-17') },
    sources: [elementPage('variables'), elementPage('version'), policyChecks],
  },
  check: {
    policy(policy, { isBroken, report }) {
      const { root, base, version } = policy;
      if (root.type !== 'object' || (version !== undefined && version !== '2008-10-17')) return;
      if (version === undefined && (!lacks(root, ['Version'], policyElements) || isBroken(root))) return;
      const found = firstUse(policy);
      if (!found) return;
      const path = [...base, 'Version'];
      const first = root.members[0]?.key.value;
      const fix: Fix = {
        title: version === undefined ? 'add `"Version": "2012-10-17"`' : 'change to `2012-10-17`',
        safe: false,
        edits: [
          {
            op: 'set',
            path,
            value: '2012-10-17',
            ...(version === undefined && first !== undefined ? { before: first } : {}),
          },
        ],
      };
      report({
        at: { path },
        message: `\`${found.variable}\` is plain text under ${version === undefined ? 'a policy without `Version`' : `\`${version}\``}`,
        why: 'only `2012-10-17` has policy variables',
        next: 'write `2012-10-17`',
        related: [{ place: { path: found.item.path }, message: 'the variable is here' }],
        fixes: [fix],
      });
    },
  },
});

/** The first variable in a place where the newer version would fill it in. */
function firstUse({ statements, version }: PolicyDocument): { item: Item; variable: string } | undefined {
  for (const { resource, conditions } of statements) {
    for (const item of [...(resource?.items ?? []), ...conditions.flatMap(({ values }) => values)]) {
      const { problems } = parseTemplate(item.text, { version });
      const problem = problems.find(({ code }) => code === 'version');
      if (problem) return { item, variable: item.text.slice(problem.span.start, problem.span.end) };
    }
  }
  return undefined;
}
