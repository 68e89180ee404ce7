import type { Condition, Statement } from '../../simulator/policy/document.ts';
import { isAccountId } from '../../simulator/policy/syntax/arn.ts';
import { rule } from './rule.ts';
import { neverMet } from './support/callers.ts';
import { keyPolicyWithCondition } from './support/condition-examples.ts';
import { atKey } from './support/conditions.ts';
import { resourcePolicyKinds } from './support/kinds.ts';
import { kmsConditionKeys } from './support/sources.ts';

export const kmsCalleraccountVsPrincipal = rule({
  id: 'kms-calleraccount-vs-principal',
  group: 'invalid',
  kinds: resourcePolicyKinds,
  title: '`kms:CallerAccount` of another account than the principals',
  documentation: {
    what: 'A condition on `kms:CallerAccount` that names none of the accounts that the principals of the statement belong to.',
    why: 'The key holds the account of the caller, and the caller has to be one of the principals. No request meets both, so an `Allow` never applies; in a `Deny` it is a warning.',
    spares:
      'Principals whose account cannot be told, `"*"`, patterns, negated conditions, and what a template fills in.',
    bad: keyPolicyWithCondition('"StringEquals": { "kms:CallerAccount": "444455556666" }'),
    good: keyPolicyWithCondition('"StringEquals": { "kms:CallerAccount": "111122223333" }'),
    sources: [kmsConditionKeys],
  },
  check: {
    condition(condition, statement, { report }) {
      const named = accountsNamed(condition);
      const own = named && accountsOf(statement);
      if (!own || !statement.principal || !statement.effect || named.some((account) => own.has(account))) return;
      report({
        at: atKey(condition),
        message: `the principals belong to ${inWords([...own])}, and \`${condition.key.text}\` names ${inWords(named)}`,
        why: `no caller is of both, ${neverMet(statement)}`,
        next: 'name the same account in both, or remove the condition',
        related: [{ place: { path: statement.principal.path }, message: 'the principals' }],
        ...(statement.effect === 'Deny' ? { severity: 'warning' } : {}),
      });
    },
  },
});

/** The accounts that the condition lets through, where all of them are plain ids. */
function accountsNamed({ key, operator, values }: Condition): readonly string[] | undefined {
  const isPlain = operator.family === 'String' && !operator.negated && !operator.set;
  if (key.lower !== 'kms:calleraccount' || !isPlain || values.length === 0) return undefined;
  return values.every(({ text }) => isAccountId(text)) ? values.map(({ text }) => text) : undefined;
}

/** The accounts of all principals; undefined where one of them could be of any. */
function accountsOf({ principal }: Statement): ReadonlySet<string> | undefined {
  if (!principal || principal.negated || principal.items.length === 0) return undefined;
  const accounts = new Set<string>();
  for (const { pattern } of principal.items) {
    if (pattern.kind === 'unknown' || pattern.account === undefined) return undefined;
    accounts.add(pattern.account);
  }
  return accounts;
}

const MAX_NAMED = 3;

function inWords(accounts: readonly string[]): string {
  const shown = accounts.slice(0, MAX_NAMED).map((account) => `\`${account}\``);
  const more = accounts.length - shown.length;
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`;
}
