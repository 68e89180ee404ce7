import { any, type Truth } from '../../policy/truth.ts';
import type { AssumptionId } from '../assumptions.ts';
import type { GrantResult, LayerResult } from '../decision.ts';
import { type GrantMatch, matchGrant } from '../grant/match.ts';
import type { PreparedRequest } from '../prepared.ts';
import { type Said, UNSAID } from '../said.ts';
import type { World } from '../world.ts';

/** What the grants on the key say to a request. They only ever allow. */
export interface GrantPart {
  /** Grants to the caller itself. */
  readonly direct: Said;
  /** To the role of its session, or to the user who made it. */
  readonly role: Said;
  /** To its account, which hands the decision on. */
  readonly account: Said;
  readonly results: readonly GrantResult[];
  readonly assumed: readonly AssumptionId[];
}

const NO_GRANTS: GrantPart = { direct: UNSAID, role: UNSAID, account: UNSAID, results: [], assumed: [] };

export function grants({ grants: given = [] }: World, prepared: PreparedRequest): GrantPart {
  const { key, newKey, alias, action } = prepared.request;
  if (given.length === 0 || !key || newKey || alias || action === 'RetireGrant') return NO_GRANTS;
  const matches = given.flatMap((grant) => matchGrant(grant, prepared) ?? []);
  const of = (...ways: readonly GrantMatch['how'][]): Said => saidBy(matches.filter(({ how }) => ways.includes(how)));
  return {
    direct: of('direct'),
    role: of('role', 'user'),
    account: of('account'),
    results: matches.map(({ result }) => result),
    assumed: matches.flatMap(({ assumed }) => assumed),
  };
}

export function saidBy(matches: readonly Pick<GrantMatch, 'result'>[]): Said {
  const truth: Truth = any(matches.map(({ result }) => result.matched));
  if (truth === false) return UNSAID;
  const first = matches.find(({ result }) => result.matched === truth);
  const needs =
    truth === 'unknown'
      ? matches
          .filter(({ result }) => result.matched === 'unknown')
          .flatMap(({ result }) => result.checks.flatMap((check) => (check.need ? [check.need] : [])))
      : [];
  return { truth, by: undefined, undecided: [], ...(first ? { grant: first.result } : {}), needs };
}

export function grantsResult(results: readonly GrantResult[]): LayerResult {
  const matched = any(results.map((result) => result.matched));
  const outcome = matched === 'unknown' ? 'depends' : matched ? 'allows' : 'silent';
  return { layer: 'grant', outcome, statements: [], grants: results };
}
