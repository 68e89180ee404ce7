import { findGrantOperation } from '../../facts/grant-operations.ts';
import { all, type Truth } from '../../policy/truth.ts';
import type { AssumptionId } from '../assumptions.ts';
import type { GrantCheck, GrantResult, PrincipalMatch } from '../decision.ts';
import type { PreparedRequest } from '../prepared.ts';
import { matchPattern } from '../principal/pattern.ts';
import type { Grant } from '../world.ts';
import { type CompiledGrant, compileGrant } from './compiled.ts';
import { checkConstraints } from './constraints.ts';

export interface GrantMatch {
  readonly result: GrantResult;
  readonly how: PrincipalMatch;
  readonly assumed: readonly AssumptionId[];
}

/** Compares a grant with a request; undefined where it does not have the operation. */
export function matchGrant(grant: Grant, prepared: PreparedRequest): GrantMatch | undefined {
  const compiled = compileGrant(grant);
  const { action } = prepared.request;
  if (!compiled.operations.has(action) || !findGrantOperation(action)) return undefined;
  const { check, how } = grantee(compiled, prepared);
  if (check.matched === false) return { result: { grant, matched: false, checks: [check] }, how, assumed: [] };
  const { checks, assumed } = checkConstraints(compiled, prepared);
  const failed = checks.findIndex(({ matched }) => matched === false);
  const compared = [check, ...(failed < 0 ? checks : checks.slice(0, failed + 1))];
  const matched = all(compared.map((each) => each.matched));
  return {
    result: { grant, matched, ...(matched === true ? { principal: how } : {}), checks: compared },
    how,
    assumed: matched === false ? [] : assumed,
  };
}

function grantee(compiled: CompiledGrant, prepared: PreparedRequest): { check: GrantCheck; how: PrincipalMatch } {
  const { grant } = compiled;
  const isService = grant.granteeServicePrincipal !== undefined && grant.granteePrincipal === undefined;
  const pattern = isService ? compiled.granteeService : compiled.grantee;
  const text = isService ? grant.granteeServicePrincipal : grant.granteePrincipal;
  const match: { matched: Truth; how: PrincipalMatch } = pattern
    ? matchPattern(pattern, prepared.facts)
    : { matched: false, how: 'direct' };
  const check: GrantCheck = {
    part: isService ? 'GranteeServicePrincipal' : 'GranteePrincipal',
    matched: match.matched,
    expected: text === undefined ? [] : [text],
    actual: prepared.shown.caller,
    ...(match.matched === 'unknown' && text !== undefined ? { need: placeholderNeed(text, grant) } : {}),
  };
  return { check, how: match.how };
}

const placeholderNeed = (text: string, { place }: Grant): NonNullable<GrantCheck['need']> => ({
  type: 'placeholder',
  text,
  place: place ?? { path: [] },
  effect: 'Allow',
});
