import { rule } from './rule.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const file = 'orders.iam-policy.json';
const policy = (sid: string): string => `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "${sid}",
      "Effect": "Allow",
      "Action": "kms:ListAliases",
      "Resource": "*"
    }
  ]
}
`;

export const sidCharset = rule({
  id: 'sid-charset',
  group: 'invalid',
  kinds: ['iam-policy', 'scp', 'rcp'],
  title: 'a `Sid` with characters that IAM does not take',
  documentation: {
    what: 'A `Sid` with anything but letters and digits in a policy of IAM or AWS Organizations.',
    why: 'AWS rejects the policy.',
    spares: 'Key policies: KMS takes spaces in a `Sid`, and AWS itself writes them. Placeholders.',
    bad: { file, text: policy('List the aliases') },
    good: { file, text: policy('ListTheAliases') },
    sources: [elementPage('sid'), policyChecks],
  },
  check: {
    policy({ statements }, { report }) {
      const taken = new Set(statements.map(({ sid }) => sid));
      for (const { sid, path } of statements) {
        if (!sid || /^[A-Za-z0-9]*$/.test(sid) || /\$\{|\{\{|<|%/.test(sid)) continue;
        const name = plain(sid);
        const isFree = name !== '' && !taken.has(name);
        if (isFree) taken.add(name);
        report({
          at: { path: [...path, 'Sid'] },
          message: `the \`Sid\` \`${sid}\` has characters other than letters and digits`,
          why: 'AWS rejects the policy; only key policies take them',
          next: isFree ? `write \`${name}\`` : 'use letters and digits only',
          fixes: isFree
            ? [
                {
                  title: `change to \`${name}\``,
                  safe: true,
                  edits: [{ op: 'replace', place: { path: [...path, 'Sid'] }, text: JSON.stringify(name) }],
                },
              ]
            : [],
        });
      }
    },
  },
});

/** `List the aliases` → `ListTheAliases` */
function plain(sid: string): string {
  const words = sid
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .split(/[^A-Za-z0-9]+/);
  return words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
}
