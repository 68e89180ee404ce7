import { findAction } from '../../simulator/facts/actions.ts';
import { operationsOf } from '../../simulator/facts/operations.ts';
import type { ActionItem } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { rule } from './rule.ts';
import { keyPolicyWith } from './support/examples.ts';
import { homeAccount, isForeign } from './support/home-account.ts';
import { lockoutOf } from './support/lockout.ts';

const statement = (action: string): string => `
{
  "Sid": "Share with the partner",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::444455556666:root" },
  "Action": ${action},
  "Resource": "*"
}`;

export const kmsCrossaccountDeadAction = rule({
  id: 'kms-crossaccount-dead-action',
  group: 'suspicious',
  kinds: ['key-policy'],
  title: 'an action that does not work from another account, for another account',
  documentation: {
    what:
      'An action such as `kms:PutKeyPolicy` or `kms:ScheduleKeyDeletion`, by its name, in a statement for principals of ' +
      'other accounts alone.',
    why: 'AWS KMS accepts these operations from the account of the key only, whatever its policy says.',
    spares:
      'Wildcards, statements with a principal of the own account, services or everyone, policies that do not tell which account owns the key, and those of which `kms-root-wrong-account` speaks.',
    bad: keyPolicyWith(statement('["kms:Decrypt", "kms:PutKeyPolicy"]')),
    good: keyPolicyWith(statement('["kms:Decrypt", "kms:DescribeKey"]')),
    sources: [
      {
        title: 'AWS KMS Developer Guide: Permissions reference, cross-account use',
        url: 'https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html',
      },
    ],
  },
  check: {
    policy(policy, { facts, report }) {
      const home = policy.statements.some(namesForHome) ? homeAccount(policy, facts) : undefined;
      if (home === undefined || lockoutOf(policy, facts)?.fault === 'wrong-account') return;
      for (const { effect, readable, action, principal } of policy.statements) {
        if (effect !== 'Allow' || !readable || !action || action.negated || !principal || principal.negated) continue;
        if (!principal.items.every((item) => isForeign(item, home))) continue;
        for (const item of action.items) {
          const { text, path } = item;
          if (!isForHome(item)) continue;
          report({
            at: { path },
            message: `\`${text}\` does not work from another account`,
            why: `AWS KMS takes it from the key's account ${home} alone, so the entry does nothing`,
            next: 'remove it',
            fixes:
              1 < action.items.length
                ? [{ title: `remove \`${text}\``, safe: facts.account !== undefined, edits: [{ op: 'remove', path }] }]
                : [],
            tags: ['unnecessary'],
          });
        }
      }
    },
  },
});

const namesForHome = perStatement(({ action }) => action?.items.some(isForHome) ?? false);

/** Whether an action is about a key and works in the key's own account alone. */
function isForHome({ pattern }: ActionItem): boolean {
  if (pattern.kind !== 'pattern' || pattern.wildcards || pattern.service !== 'kms') return false;
  if (!findAction(pattern.name)?.resources.includes('key')) return false;
  const operations = operationsOf(pattern.name);
  return 0 < operations.length && operations.every(({ crossAccount }) => crossAccount === 'no');
}
