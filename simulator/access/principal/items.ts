import type { PrincipalItem } from '../../policy/document.ts';
import { any, type Truth } from '../../policy/truth.ts';
import type { AssumptionId } from '../assumptions.ts';
import type { PrincipalMatch } from '../decision.ts';
import { type CallerFacts, matchPattern } from './pattern.ts';

/** How a Principal or NotPrincipal element speaks of a caller. */
export interface PrincipalResult {
  /** Names the caller itself, everyone, or the service. */
  readonly direct: Truth;
  /** Names the role of the caller's session, or the user who made it: boundary and session policies limit that. */
  readonly role: Truth;
  /** Names the caller's account: an Allow then only hands the decision to the account's identity policies. */
  readonly account: Truth;
  /** The strongest way that surely matched. */
  readonly how: PrincipalMatch | undefined;
  readonly assumed: AssumptionId | undefined;
}

export const NOBODY: PrincipalResult = {
  direct: false,
  role: false,
  account: false,
  how: undefined,
  assumed: undefined,
};

/** What most matches come to, so that they need not be made each time. */
const ITSELF: PrincipalResult = { ...NOBODY, direct: true, how: 'direct' };
const ITS_ROLE: PrincipalResult = { ...NOBODY, role: true, how: 'role' };
const ITS_ACCOUNT: PrincipalResult = { ...NOBODY, account: true, how: 'account' };

/** Compares a list of principals with the caller. */
export function matchItems(items: readonly PrincipalItem[], facts: CallerFacts): PrincipalResult {
  let direct: Truth = false;
  let role: Truth = false;
  let account: Truth = false;
  let how: PrincipalMatch | undefined;
  let assumed: AssumptionId | undefined;
  for (const { pattern } of items) {
    const match = matchPattern(pattern, facts);
    assumed ??= match.assumed;
    if (match.matched === false) continue;
    if (match.how === 'account') account = any([account, match.matched]);
    else if (match.how === 'direct') direct = any([direct, match.matched]);
    else role = any([role, match.matched]);
    if (match.matched === true && (how === undefined || STRENGTH[how] < STRENGTH[match.how])) how = match.how;
  }
  if (assumed === undefined) {
    if (direct === false && role === false && account === false) return NOBODY;
    if (direct === true && role === false && account === false) return ITSELF;
    if (how === 'role' && direct === false && role === true && account === false) return ITS_ROLE;
    if (direct === false && role === false && account === true) return ITS_ACCOUNT;
  }
  return { direct, role, account, how, assumed };
}

const STRENGTH: Readonly<Record<PrincipalMatch, number>> = { account: 0, user: 1, role: 1, direct: 2 };
