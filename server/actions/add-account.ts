import { likelyAccount } from '../rules/support/accounts.ts';
import { allows } from '../rules/support/home-account.ts';
import { delegation, isManagedByAws } from '../rules/support/lockout.ts';
import type { Action } from './action.ts';
import { freeSid, withStatements } from './support/statements.ts';

/** Adds AWS's default statement, where the account is let in by none. */
export const addAccount: Action = {
  id: 'add-account',
  kind: 'refactor.rewrite',
  kinds: ['key-policy'],
  offers({ document, policy, known: { facts, account } }) {
    if (isManagedByAws(policy)) return [];
    const own = facts.account ?? account;
    const isThere = policy.statements.some((statement) => {
      const { effect, principal } = statement;
      if (effect !== 'Allow' || !principal || !allows(statement, 'PutKeyPolicy')) return false;
      // Whoever is not known may be the account.
      return principal.items.some(
        ({ pattern: { kind, account } }) =>
          kind === 'unknown' || kind === 'everyone' || (kind === 'account' && (own === undefined || own === account)),
      );
    });
    if (isThere) return [];
    const known = likelyAccount(policy).id === own || own === undefined ? facts : { ...facts, account: own };
    const value = delegation(policy, known);
    const text = withStatements(document, [{ ...value, Sid: freeSid(value.Sid, policy) }]);
    if (text === undefined) return [];
    return [
      {
        title: 'Add the account, so that IAM policies count',
        detail: 'Allows `kms:*` to the account of the key, as the default key policy does.',
        text,
      },
    ];
  },
};
