import { kmsActions as allActions } from '../../simulator/facts/actions.ts';
import type { PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import { perStatement } from '../../simulator/policy/per-statement.ts';
import { type DocumentFacts, rule } from './rule.ts';
import { keyPolicyOf } from './support/examples.ts';
import { isManagedByAws, lockoutOf } from './support/lockout.ts';
import { administer, manageable } from './support/lockout-examples.ts';
import { defaultKeyPolicy } from './support/sources.ts';
import { spokenOfBy } from './support/spoken.ts';

export const kmsRootDelegationPartial = rule({
  id: 'kms-root-delegation-partial',
  group: 'style',
  kinds: ['key-policy'],
  aboutWhole: true,
  title: 'an account whose identity policies count for some actions only',
  documentation: {
    what: 'A key policy that allows the account less than `kms:*`, with the actions that identity policies then cannot allow.',
    why: 'Identity policies allow on a key no more than its policy allows the account. That may well be meant; then it is good to know.',
    spares:
      'Policies in which several accounts or everyone are principals, and those that say nothing of the account at all, or ' +
      'leave nobody to change them, of which other rules speak.',
    bad: keyPolicyOf(
      administer('"arn:aws:iam::111122223333:root"'),
      `
{
  "Sid": "Use for orders",
  "Effect": "Allow",
  "Principal": { "AWS": "arn:aws:iam::111122223333:role/Orders" },
  "Action": "kms:Decrypt",
  "Resource": "*"
}`,
    ),
    good: manageable,
    sources: [defaultKeyPolicy],
  },
  check: {
    policy(policy, { facts, report }) {
      if (isManagedByAws(policy) || lockoutOf(policy, facts)) return;
      const delegations = delegationsIn(policy, facts);
      const [first] = delegations;
      if (!first?.action) return;
      const allowed = spokenOfBy(delegations);
      const missing = ON_KEYS.filter((name) => !allowed.has(name));
      if (missing.length === 0) return;
      report({
        at: { path: first.action.path },
        message: `identity policies of the account cannot allow ${inWords(missing)} on the key`,
        why: 'they count only for what the key policy allows the account',
        next: 'allow `kms:*` to the account if they should decide on these, too',
      });
    },
  },
});

/** The actions that a key policy decides on. */
const ON_KEYS: readonly string[] = allActions
  .filter(
    ({ name, resources, operations }) => resources.includes('key') && 0 < operations.length && name !== 'RetireGrant',
  )
  .map(({ name }) => name);

/** The statements for the key's account; none where it is unclear which account that is, or what is allowed. */
function delegationsIn({ statements }: PolicyDocument, { account }: DocumentFacts): Statement[] {
  const accounts = new Set(account === undefined ? [] : [account]);
  const found: Statement[] = [];
  for (const statement of statements) {
    const named = accountsIn(statement);
    if (!named) return [];
    for (const each of named) {
      if (account === undefined) accounts.add(each);
      if (accounts.has(each)) found.push(statement);
    }
  }
  return accounts.size === 1 ? found : [];
}

/** The accounts that a statement may allow something; undefined where that, or what it allows, cannot be told. */
const accountsIn = perStatement(({ effect, readable, principal, action }): readonly string[] | undefined => {
  if (effect === 'Deny') return [];
  if (!readable || !principal || principal.negated) return undefined;
  if (action?.items.some(({ pattern }) => pattern.kind === 'unknown')) return undefined;
  const accounts: string[] = [];
  for (const { pattern } of principal.items) {
    if (pattern.kind === 'everyone' || pattern.kind === 'unknown') return undefined;
    if (pattern.kind === 'account') accounts.push(pattern.account);
  }
  return accounts;
});

const MAX_NAMED = 3;

function inWords(names: readonly string[]): string {
  const named = names
    .slice(0, names.length <= MAX_NAMED + 1 ? names.length : MAX_NAMED)
    .map((name) => `\`kms:${name}\``);
  const more = names.length - named.length;
  const last = 0 < more ? `${more} more` : named.pop();
  return named.length === 0 ? (last ?? '') : `${named.join(', ')} and ${last}`;
}
