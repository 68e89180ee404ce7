import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { elementPage, policyChecks } from './support/sources.ts';

const statement = (action: string): string => `
{
  "Sid": "Administer",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/KeyAdmin" },
  "Action": ${action},
  "Resource": "*"
}`;

export const serviceStar = rule({
  id: 'service-star',
  group: 'hardening',
  kinds: ['key-policy', 'iam-policy'],
  title: 'every action of AWS KMS for one principal',
  documentation: {
    what: 'An `Allow` of `kms:*` to a user, a role or a service, or in an identity policy.',
    why:
      'Whoever has it may both administer the key and decrypt with it, hand out grants, and do whatever AWS adds to KMS ' +
      'later. AWS advises to keep the two apart.',
    spares:
      'The account as the principal, which AWS writes into every new key policy; `Deny` statements; statements with conditions.',
    bad: keyPolicyWith(statement('"kms:*"')),
    good: keyPolicyWith(
      statement('["kms:DescribeKey", "kms:PutKeyPolicy", "kms:EnableKeyRotation", "kms:ScheduleKeyDeletion"]'),
    ),
    sources: [
      elementPage('action'),
      policyChecks,
      {
        title: 'AWS KMS Developer Guide: Least-privilege permissions',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/least-privilege.html',
      },
    ],
  },
  check: {
    action({ text, path, pattern }, { effect, action, principal, conditions }, { kind, report }) {
      const isAllow = effect === 'Allow' && !action?.negated && conditions.length === 0;
      if (!isAllow || pattern.kind !== 'pattern' || pattern.service !== 'kms' || pattern.name !== '*') return;
      const names = principal?.items.some(({ pattern: who }) => who.kind !== 'account' && who.kind !== 'unknown');
      if (kind.kind === 'key-policy' && !names) return;
      report({
        at: { path },
        message: `\`${text}\` allows administering and using at once`,
        why: 'whoever has it may decrypt, hand out grants and delete keys, and do whatever AWS adds to KMS',
        next: 'name the actions that are needed',
      });
    },
  },
});
