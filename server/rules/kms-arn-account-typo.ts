import type { PolicyDocument } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { type Arn, isAccountId } from '../../simulator/policy/syntax/arn.ts';
import { rule } from './rule.ts';
import { isSlip } from './support/action-names.ts';
import { arnsIn, arnsOf, type FoundArn } from './support/arns-of.ts';
import { identityPolicyWith } from './support/examples.ts';
import { policyKinds } from './support/kinds.ts';

const statement = (account: string): string => `
{
  "Sid": "UseOrders",
  "Effect": "Allow",
  "Action": "kms:Decrypt",
  "Resource": [
    "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    "arn:aws:kms:us-east-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321",
    "arn:aws:kms:us-east-1:${account}:key/0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f"
  ]
}`;

export const kmsArnAccountTypo = rule({
  id: 'kms-arn-account-typo',
  group: 'suspicious',
  kinds: policyKinds,
  title: 'an account one slip away from the others',
  documentation: {
    what:
      'The ARN of a key whose account stands nowhere else in the policy and differs by one digit, or by two neighbours ' +
      'swapped, from one that stands there more than once.',
    why: 'It names a key of some other account, which is hardly what was meant, so the entry stands for nothing.',
    spares: 'Accounts that differ by more, as those of keys of other accounts do, and accounts that stand there twice.',
    bad: identityPolicyWith(statement('111122223353')),
    good: identityPolicyWith(statement('111122223333')),
    sources: [
      {
        title: 'IAM User Guide: Identify AWS resources with Amazon Resource Names (ARNs)',
        url: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html',
      },
    ],
  },
  check: {
    policy(policy, { report }) {
      // Most policies name their resource by `*`, so there is nothing to count.
      if (!policy.statements.some(namesKeys)) return;
      const counts = accountsOf(policy);
      const usual = [...counts].filter(([, count]) => 1 < count).map(([account]) => account);
      // Somebody who lists very many accounts has them from a tool, which makes no slips.
      if (MAX_ACCOUNTS < usual.length) return;
      for (const { arn, item, part } of arnsOf(policy)) {
        if (!isOfKey(arn, part) || counts.get(arn.account) !== 1) continue;
        const meant = usual.find((account) => isSlip(arn.account, account));
        if (!meant) continue;
        const { start, end } = arn.spans.account;
        const mended = item.text.slice(0, start) + meant + item.text.slice(end);
        report({
          at: { path: item.path, span: { start, end } },
          message: `the account \`${arn.account}\` is one slip away from \`${meant}\``,
          why: 'it stands nowhere else in the policy',
          next: `write \`${meant}\`, if that is meant`,
          fixes: [
            {
              title: `change to \`${mended}\``,
              safe: false,
              edits: [{ op: 'replace', place: { path: item.path }, text: JSON.stringify(mended) }],
            },
          ],
        });
      }
    },
  },
});

const MAX_ACCOUNTS = 50;

/** How often each account stands in the policy, in ARNs and by itself. */
function accountsOf(policy: PolicyDocument): Map<string, number> {
  const counts = new Map<string, number>();
  for (const statement of policy.statements)
    for (const account of accountsIn(statement)) counts.set(account, (counts.get(account) ?? 0) + 1);
  return counts;
}

const accountsIn = perStatement((statement): readonly string[] => {
  const { principal, conditions } = statement;
  const values = conditions.flatMap((condition) => condition.values);
  const texts = [...(principal?.items ?? []), ...values].map(({ text }) => text);
  return [...arnsIn(statement).map(({ arn }) => arn.account), ...texts].filter(isAccountId);
});

const isOfKey = ({ service }: Arn, part: FoundArn['part']): boolean => part === 'resource' && service === 'kms';

const namesKeys = perStatement((statement) => arnsIn(statement).some(({ arn, part }) => isOfKey(arn, part)));
