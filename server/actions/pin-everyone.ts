import { hole } from '../rules/holes.ts';
import { ACCOUNT_PLACEHOLDER } from '../rules/support/accounts.ts';
import type { Action } from './action.ts';
import { isAbout, withCondition } from './support/conditions.ts';

/** Narrows `*` to the principals of an account, or of an organization. */
export const pinEveryone: Action = {
  id: 'pin-everyone',
  kind: 'refactor.rewrite',
  kinds: ['key-policy'],
  offers(place) {
    const { statement, known } = place;
    if (!statement?.readable || statement.effect !== 'Allow' || statement.principal?.negated) return [];
    const isOpen = statement.principal?.items.some(({ pattern }) => pattern.kind === 'everyone');
    if (!isOpen || isAbout(statement, PINNED)) return [];
    const account = known.account ?? hole(ACCOUNT_PLACEHOLDER);
    const organization = known.organization ?? hole('o-exampleorgid');
    return [
      { who: 'one account', key: 'aws:PrincipalAccount', value: account },
      { who: 'the organization', key: 'aws:PrincipalOrgID', value: organization },
    ].map(({ who, ...condition }) => ({
      title: `Let in ${who} only (\`${condition.key}\`)`,
      detail: `Of everyone, the statement then allows the principals of ${who} alone.`,
      text: withCondition(place, statement, { operator: 'StringEquals', ...condition }),
    }));
  },
};

/** Keys that tell where a caller belongs. */
const PINNED: ReadonlySet<string> = new Set([
  'aws:principalaccount',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalarn',
  'kms:calleraccount',
]);
