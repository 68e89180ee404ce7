import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { limitsGrants } from './support/grant-limits.ts';
import { defaultKeyPolicy } from './support/sources.ts';

const statement = (action: string): string => `
{
  "Sid": "Administer",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/KeyAdmin" },
  "Action": ${action},
  "Resource": "*"
}`;

export const kmsAdminWildcardCreatesGrants = rule({
  id: 'kms-admin-wildcard-creates-grants',
  group: 'style',
  kinds: ['key-policy'],
  optIn: true,
  title: '`kms:Create*`, which hands out `kms:CreateGrant`',
  documentation: {
    what: '`kms:Create*` for a user or a role, as the console writes it for key administrators.',
    why:
      'In a key policy it means `kms:CreateAlias` and `kms:CreateGrant`. With grants of any kind an administrator can lend ' +
      'decryption to anybody, himself included.',
    spares: 'The account as the principal, and statements with a condition on the grants.',
    bad: keyPolicyWith(statement('["kms:Create*", "kms:DescribeKey"]')),
    good: keyPolicyWith(statement('["kms:CreateAlias", "kms:DescribeKey"]')),
    sources: [defaultKeyPolicy],
  },
  check: {
    action({ text, path, pattern }, { effect, readable, action, principal, conditions }, { report }) {
      if (effect !== 'Allow' || !readable || action?.negated || pattern.kind !== 'pattern') return;
      if (text.toLowerCase() !== 'kms:create*' || conditions.some(limitsGrants) || principal?.negated) return;
      if (!principal?.items.some(({ pattern: { kind } }) => kind === 'user' || kind === 'role')) return;
      report({
        at: { path },
        message: `\`${text}\` includes \`kms:CreateGrant\``,
        why: 'administrators could lend the use of the key to anybody',
        next: 'write `kms:CreateAlias`',
        fixes: [
          {
            title: 'change to `kms:CreateAlias`',
            safe: false,
            edits: [{ op: 'replace', place: { path }, text: '"kms:CreateAlias"' }],
          },
        ],
      });
    },
  },
});
