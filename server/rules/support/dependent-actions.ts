import { operationsOf } from '../../../simulator/facts/operations.ts';
import type { NeededPermission } from '../../../simulator/facts/types.ts';
import type { ActionItem, PolicyDocument, Statement } from '../../../simulator/policy/document.ts';
import { perStatement } from '../../../simulator/policy/per-statement.ts';
import { holdsWithoutKey } from './conditions.ts';
import { allowedIn, allowingIn } from './spoken.ts';

/** An entry that is of no use by itself. */
export interface Lacking {
  readonly item: ActionItem;
  readonly statement: Statement;
  /** What no statement of the policy allows. */
  readonly needed: NeededPermission;
}

/** The actions named in an identity policy whose operations need another one that the policy does not allow. */
export function lackingIn(policy: PolicyDocument): Lacking[] {
  const allowed = allowedIn(policy);
  if (!allowed) return [];
  return allowingIn(policy).flatMap((statement) =>
    wantsOf(statement)
      .filter(({ needed }) => !allowed.has(needed.action))
      .map((want) => ({ ...want, statement })),
  );
}

/** What the entries of a statement need besides. */
const wantsOf = perStatement((statement): readonly Omit<Lacking, 'statement'>[] =>
  namedBy(statement).flatMap((item) =>
    neededWith(item.pattern.name)
      .filter(({ when }) => !when || demandsTags(statement))
      .map((needed) => ({ item, needed })),
  ),
);

/** What every operation that asks for an action asks for besides. */
function neededWith(name: string): readonly NeededPermission[] {
  const [first, ...others] = operationsOf(name);
  if (!first) return [];
  return first.permissions.filter(
    ({ action }) =>
      action.toLowerCase() !== name.toLowerCase() &&
      others.every(({ permissions }) => permissions.some((each) => each.action === action)),
  );
}

/** The entries without wildcards: who writes one of those out means just this action. */
function namedBy({ action }: Statement): readonly ActionItem[] {
  if (!action || action.negated) return [];
  return action.items.filter(({ pattern }) => pattern.service === 'kms' && !pattern.wildcards);
}

/** Permissions that depend on the request depend on its tags: whether the statement takes none without. */
function demandsTags({ conditions }: Statement): boolean {
  return conditions.some(
    (each) => /^aws:(?:requesttag\/|tagkeys$)/.test(each.key.lower) && holdsWithoutKey(each) === false,
  );
}
