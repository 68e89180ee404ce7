import type { AccessRequest } from '../../../../simulator/access/request.ts';
import type { Grant } from '../../../../simulator/access/world.ts';
import { plainAction } from './actions.ts';
import { contextOf, encryptionContext } from './context.ts';
import { arnMatches } from './pattern.ts';
import { arnNaming, type Naming } from './principal.ts';
import { every, some, type Truth } from './truth.ts';

type Pairs = Readonly<Record<string, string>>;

export interface GrantMatch {
  readonly truth: Truth;
  readonly naming: Naming;
}

/** How a grant on the request's key lets the caller in; undefined where it is for somebody or something else. */
export function grantMatch(grant: Grant, request: AccessRequest): GrantMatch | undefined {
  if (request.action === 'RetireGrant') return retirement(grant, request);
  if (!plainAction(request.action).onKey || !grant.operations.includes(request.action)) return undefined;
  const naming = partyNaming(request, grant.granteePrincipal, grant.granteeServicePrincipal);
  if (!naming) return undefined;
  return {
    naming,
    truth: every([constraintsHold(grant, request), sourceHolds(grant, request), isChild(grant, request)]),
  };
}

/** The grant says who may retire it: its retiring principal, its grantee if it has the operation, and who created it. */
function retirement(grant: Grant, { caller, ...request }: AccessRequest): GrantMatch | undefined {
  const asked = { caller, ...request };
  const retiring = partyNaming(asked, grant.retiringPrincipal, grant.retiringServicePrincipal);
  const grantee = grant.operations.includes('RetireGrant')
    ? partyNaming(asked, grant.granteePrincipal, grant.granteeServicePrincipal)
    : undefined;
  const isIssuer = caller.type !== 'service' && caller.account === grant.issuingAccount;
  const namings = [retiring, grantee, isIssuer ? 'account' : undefined];
  const naming = (['direct', 'role', 'maker', 'account'] as const).find((each) => namings.includes(each));
  return naming && { naming, truth: true };
}

function partyNaming({ caller }: AccessRequest, principal?: string, service?: string): Naming | undefined {
  if (caller.type === 'service') return service === caller.service ? 'direct' : undefined;
  return principal === undefined ? undefined : arnNaming(principal, caller);
}

/** DescribeKey is spared, and a grant that is being created has to be as strict instead. */
function constraintsHold(grant: Grant, request: AccessRequest): Truth {
  if (request.action === 'CreateGrant' || !plainAction(request.action).encryptionContext) return true;
  const given = encryptionContext(request) ?? {};
  const { encryptionContextEquals: exact, encryptionContextSubset: part } = grant;
  return (!exact || (holdsAll(given, exact) && holdsAll(exact, given))) && (!part || holdsAll(given, part));
}

function sourceHolds({ sourceArn }: Grant, request: AccessRequest): Truth {
  if (sourceArn === undefined) return true;
  const found = contextOf(request, 'identity-policy')('aws:SourceArn');
  if (found === 'unknown' || found === 'unknown-value') return 'unknown';
  return found !== 'absent' && some(found.map((arn) => arnMatches(sourceArn, arn, undefined)));
}

/** A grant that makes CreateGrant possible bounds what is created: its operations, and constraints at least as strict. */
function isChild(parent: Grant, { action, input }: AccessRequest): Truth {
  if (action !== 'CreateGrant') return true;
  if (!input) return 'unknown';
  const operations = (input['Operations'] ?? []) as readonly string[];
  if (!operations.every((operation) => parent.operations.includes(operation))) return false;
  const child = (input['Constraints'] ?? {}) as { EncryptionContextEquals?: Pairs; EncryptionContextSubset?: Pairs };
  const exact = child.EncryptionContextEquals;
  if (parent.encryptionContextEquals)
    return (
      exact !== undefined &&
      holdsAll(exact, parent.encryptionContextEquals) &&
      holdsAll(parent.encryptionContextEquals, exact)
    );
  const part = parent.encryptionContextSubset;
  return !part || holdsAll(exact ?? child.EncryptionContextSubset ?? {}, part);
}

/** Names of pairs are compared in any case, values are not. */
function holdsAll(given: Pairs, wanted: Pairs): boolean {
  return Object.entries(wanted).every(([name, value]) =>
    Object.entries(given).some(([other, brought]) => other.toLowerCase() === name.toLowerCase() && brought === value),
  );
}
