import { supportsConditionKey } from '../../simulator/facts/condition-keys.ts';
import type { Statement } from '../../simulator/policy/document.ts';
import { hole } from '../rules/holes.ts';
import { ACCOUNT_PLACEHOLDER } from '../rules/support/accounts.ts';
import { isForServices } from '../rules/support/callers.ts';
import { allows } from '../rules/support/home-account.ts';
import { kmsActionsOf } from '../rules/support/kms-resources.ts';
import { isPublishedWithout, sourceConditions, tiesToSource } from '../rules/support/service-sources.ts';
import type { Action, ActionPlace, Offer } from './action.ts';
import { isAbout, withCondition } from './support/conditions.ts';
import { isCryptographic } from './support/uses.ts';

/** Lets people in through a service of AWS only, and such services for one's own resources only. */
export const restrictToService: Action = {
  id: 'restrict-to-service',
  kind: 'refactor.rewrite',
  kinds: ['key-policy', 'iam-policy'],
  offers(place) {
    const { statement, kind } = place;
    if (!statement?.readable || statement.effect !== 'Allow') return [];
    const { principal } = statement;
    if (kind === 'iam-policy') return principal ? [] : throughService(place, statement);
    if (!principal || principal.negated) return [];
    if (isForServices(statement)) return forOwnResources(place, statement);
    const isForPeople = principal.items.every(({ pattern }) => PEOPLE.has(pattern.kind));
    return isForPeople ? throughService(place, statement) : [];
  },
};

const PEOPLE: ReadonlySet<string> = new Set(['everyone', 'account', 'user', 'role', 'assumed-role', 'federated-user']);

const KEY = 'kms:ViaService';
const SAYS_SERVICE: ReadonlySet<string> = new Set([KEY.toLowerCase(), 'aws:calledvia', 'aws:calledviafirst']);

function throughService(place: ActionPlace, statement: Statement): Offer[] {
  if (isAbout(statement, SAYS_SERVICE) || !canGoThroughService(statement)) return [];
  const { region, isRegionSeen } = place.known;
  const service = hole(allows(statement, 'CreateGrant') ? 'ec2' : 's3');
  const value = `${service}.${isRegionSeen ? region : hole(region)}.amazonaws.com`;
  return [
    {
      title: `Allow it through a service only (\`${KEY}\`)`,
      detail: 'Direct requests are no longer allowed by this statement, and those of other services neither.',
      text: withCondition(place, statement, { operator: 'StringEquals', key: KEY, value }),
    },
  ];
}

/** Whether a statement is about using keys, and every entry can meet the condition. */
function canGoThroughService({ action }: Statement): boolean {
  if (!action || action.negated) return false;
  const actions = action.items.map(kmsActionsOf);
  const fits = action.items.every(
    ({ pattern }, index) =>
      pattern.service === 'kms' && actions[index]?.some(({ name }) => supportsConditionKey(name, KEY)),
  );
  const all = actions.flatMap((each) => each ?? []);
  return fits && all.some(isCryptographic) && all.every(({ name }) => name !== 'PutKeyPolicy');
}

function forOwnResources(place: ActionPlace, statement: Statement): Offer[] {
  const { conditions, principal } = statement;
  if (conditions.some(tiesToSource) || principal?.items.some(isPublishedWithout)) return [];
  return sourceConditions(place.known.account ?? ACCOUNT_PLACEHOLDER).map((condition) => ({
    title: `Allow it for your own resources only (\`${condition.key}\`)`,
    detail: 'The service may no longer use the key for anybody else. Its guide says which of the two keys it sends.',
    text: withCondition(place, statement, condition),
  }));
}
