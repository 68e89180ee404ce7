import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { kmsConditionKeys } from './support/sources.ts';

const statement = (more = ''): string => `
{
  "Sid": "Retire keys",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/KeyAdmin" },
  "Action": "kms:ScheduleKeyDeletion",
  "Resource": "*"${more}
}`;

export const kmsDeletionUnguarded = rule({
  id: 'kms-deletion-unguarded',
  group: 'style',
  kinds: ['key-policy', 'iam-policy'],
  optIn: true,
  title: '`kms:ScheduleKeyDeletion` without a guard',
  documentation: {
    what:
      '`kms:ScheduleKeyDeletion` or `kms:DisableKey`, by its name, for a user or a role and without a condition on the waiting ' +
      'period or on how long the key was not used.',
    why:
      'A deleted key cannot be restored, nor what was encrypted under it. AWS waits 7 to 30 days, as the caller says; a ' +
      'condition can insist on 30, or on a key that nobody has used for some time.',
    spares:
      'The account as the principal, wildcards, and statements with another condition that AWS documents for deletion.',
    bad: keyPolicyWith(statement()),
    good: keyPolicyWith(
      statement(`,
  "Condition": {
    "NumericGreaterThanEquals": { "kms:ScheduleKeyDeletionPendingWindowInDays": "30" }
  }`),
    ),
    sources: [kmsConditionKeys],
  },
  check: {
    action(
      { text, path, pattern },
      { effect, readable, action, principal, conditions, path: owner },
      { kind, report },
    ) {
      if (effect !== 'Allow' || !readable || action?.negated || pattern.kind !== 'pattern') return;
      const lower = text.toLowerCase();
      if (lower !== 'kms:schedulekeydeletion' && lower !== 'kms:disablekey') return;
      if (conditions.some(({ key }) => GUARDS.has(key.lower) || key.kind !== 'key')) return;
      const isOwn =
        principal?.items.every(({ pattern: who }) => who.kind === 'account' || who.kind === 'unknown') ?? false;
      if (kind.kind === 'key-policy' && (!principal || principal.negated || isOwn)) return;
      const isAlone = action?.items.length === 1 && lower === 'kms:schedulekeydeletion';
      report({
        at: { path },
        message: `\`${text}\` without a condition on when`,
        why: 'what is encrypted under the key is lost with it',
        next: 'require a waiting period with `kms:ScheduleKeyDeletionPendingWindowInDays`, or a time without use with `kms:TrailingDaysWithoutKeyUsage`',
        fixes: isAlone
          ? [
              {
                title: 'require 30 days of waiting',
                safe: false,
                edits: [
                  {
                    op: 'set',
                    path: [
                      ...owner,
                      'Condition',
                      'NumericGreaterThanEquals',
                      'kms:ScheduleKeyDeletionPendingWindowInDays',
                    ],
                    value: '30',
                  },
                ],
              },
            ]
          : [],
      });
    },
  },
});

const GUARDS: ReadonlySet<string> = new Set([
  'kms:schedulekeydeletionpendingwindowindays',
  'kms:trailingdayswithoutkeyusage',
]);
