import type { PrincipalPattern } from '../../policy/syntax/principal.ts';
import { any, type Truth } from '../../policy/truth.ts';
import type { AssumptionId } from '../assumptions.ts';
import { accountOf } from '../caller.ts';
import type { GrantCheck, GrantResult } from '../decision.ts';
import type { PreparedRequest } from '../prepared.ts';
import { matchPattern } from '../principal/pattern.ts';
import type { Grant } from '../world.ts';
import { type CompiledGrant, compileGrant } from './compiled.ts';

/** Who may retire the grants on a key. */
export interface Retirement {
  /** The grant names the caller: no policy need allow anything. */
  readonly named: readonly GrantResult[];
  /** The grant names the caller's account, or was created by it, or the key is its own: identity policies decide. */
  readonly ofAccount: readonly GrantResult[];
  readonly results: readonly GrantResult[];
  readonly assumed: readonly AssumptionId[];
}

/**
 * RetireGrant is decided by the grant: its retiring principal may retire it, its grantee where RetireGrant is among the
 * operations, and the accounts behind it may delegate that by identity policies.
 * Source: KMS Developer Guide, "Retiring and revoking grants"; checked 2026-11.
 */
export function retirement(all: readonly Grant[], prepared: PreparedRequest): Retirement {
  const id = prepared.request.input?.['GrantId'];
  const asked = id === undefined ? all : all.filter((grant) => grant.name === id || grant.id === id);
  const judged = asked.map((grant) => judge(compileGrant(grant), prepared));
  const results = judged.flatMap(({ named, ofAccount }) => [
    named.matched === false && ofAccount.matched !== false ? ofAccount : named,
  ]);
  return {
    named: judged.map(({ named }) => named),
    ofAccount: judged.map(({ ofAccount }) => ofAccount),
    results,
    assumed: id === undefined && 1 < asked.length ? ['retire-which-grant'] : [],
  };
}

function judge(compiled: CompiledGrant, prepared: PreparedRequest): { named: GrantResult; ofAccount: GrantResult } {
  const { grant, operations } = compiled;
  const canRetire = operations.has('RetireGrant');
  const principals: readonly [GrantCheck['part'], string | undefined, PrincipalPattern | undefined][] = [
    ['RetiringPrincipal', grant.retiringPrincipal, compiled.retiring],
    ['RetiringServicePrincipal', grant.retiringServicePrincipal, compiled.retiringService],
    ['GranteePrincipal', canRetire ? grant.granteePrincipal : undefined, compiled.grantee],
    ['GranteeServicePrincipal', canRetire ? grant.granteeServicePrincipal : undefined, compiled.granteeService],
  ];
  const named: GrantCheck[] = [];
  const ofAccount: GrantCheck[] = [];
  for (const [part, text, pattern] of principals) {
    if (text === undefined || pattern === undefined) continue;
    const { matched, how } = matchPattern(pattern, prepared.facts);
    const check: GrantCheck = {
      part,
      matched,
      expected: [text],
      actual: prepared.shown.caller,
      ...(matched === 'unknown'
        ? { need: { type: 'placeholder', text, place: grant.place ?? { path: [] }, effect: 'Allow' } }
        : {}),
    };
    (how === 'account' ? ofAccount : named).push(check);
  }
  ofAccount.push(issuer(grant, prepared));
  return { named: resultOf(grant, named), ofAccount: { ...resultOf(grant, ofAccount), principal: 'account' } };
}

/** The account that created the grant, or that owns the key. */
function issuer(grant: Grant, { request, shown }: PreparedRequest): GrantCheck {
  const { issuingAccount } = grant;
  const account = accountOf(request.caller);
  const owns = account !== undefined && account === request.key?.account;
  const matched: Truth =
    owns || (account !== undefined && (issuingAccount === undefined ? 'unknown' : issuingAccount === account));
  return {
    part: 'IssuingAccount',
    matched,
    expected: owns ? [account] : issuingAccount === undefined ? [] : [issuingAccount],
    actual: account === undefined ? shown.caller : [account],
    ...(matched === 'unknown'
      ? { need: { type: 'context-key', key: 'IssuingAccount', place: grant.place ?? { path: [] }, effect: 'Allow' } }
      : {}),
  };
}

function resultOf(grant: Grant, checks: readonly GrantCheck[]): GrantResult {
  return { grant, matched: any(checks.map(({ matched }) => matched)), checks };
}
