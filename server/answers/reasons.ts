import type { Blocker, Decision, PrincipalMatch } from '../../simulator/access/decision.ts';
import { isReservedAlias } from '../../simulator/access/operation-rules.ts';
import type { AccessRequest } from '../../simulator/access/request.ts';
import { layerNames, statementName } from './names.ts';

/** Why a request gets in, as a clause. */
export function allowedBecause(decision: Decision, request: AccessRequest): string {
  const { deciding, by, grant } = decision;
  const name = deciding ? statementName(deciding) : '';
  const account = request.caller.type === 'service' ? '' : request.caller.account;
  if (grant && by === 'grant') return grantBecause(grant.grant.name, grant.principal ?? 'direct', account);
  if (by === 'key-policy') return `${name} in the key policy ${named(decision, request)}; no identity policy is needed`;
  if (!name) return `the root user of ${account} may do it where no policy denies it`;
  if (grant)
    return `the grant ${grant.grant.name} lets account ${account} decide, and ${name} of an identity policy allows it`;
  if (request.alias) return `${name} of an identity policy allows it on the alias`;
  if (!request.key) return `${name} of an identity policy allows it, and no key takes part`;
  if (request.newKey) return `${name} of an identity policy allows it, and the new key has no policy yet`;
  if (account === request.key.account)
    return `the key policy hands the decision to the identity policies of ${account}, and ${name} allows it`;
  return `the key policy lets account ${account} in, and ${name} of an identity policy there allows it`;
}

function named({ deciding }: Decision, { caller }: AccessRequest): string {
  if (caller.type === 'root') return 'names the account, and the root user acts as the account';
  switch (deciding?.principal) {
    case 'role':
      return 'names the role of the session';
    case 'user':
      return 'names the user who made the session';
    default:
      return 'names the caller directly';
  }
}

function grantBecause(name: string, how: PrincipalMatch, account: string): string {
  switch (how) {
    case 'direct':
      return `the grant ${name} names the caller, so that no policy need allow it`;
    case 'role':
      return `the grant ${name} names the role of the session; no identity policy is needed`;
    case 'user':
      return `the grant ${name} names the user who made the session; no identity policy is needed`;
    case 'account':
      return `the grant ${name} names account ${account}, which lets the caller use it`;
  }
}

/** Why a request is refused, as a clause: every Deny, or else everything that is missing. */
export function deniedBecause({ blockers }: Decision, request: AccessRequest): string {
  const [first, ...more] = blockers.filter(({ kind }) => kind === 'explicit');
  if (!first) return blockers.map((blocker) => lacking(blocker, request)).join(', and ');
  const statement = ({ statement }: Blocker): string => (statement ? statementName(statement) : 'a statement');
  const others = more.map((each) => `${statement(each)} (${layerNames[each.layer]})`).join(' and ');
  const also = others ? `, ${others} ${more.length === 1 ? 'does' : 'do'} so too` : '';
  return `${statement(first)} denies it explicitly (${layerNames[first.layer]})${also}, and no Allow outweighs a Deny`;
}

/** What is missing in one layer. */
export function lacking(blocker: Blocker | undefined, request: AccessRequest): string {
  const account = request.caller.type === 'service' ? undefined : request.caller.account;
  const action = `kms:${request.action}`;
  switch (blocker?.layer) {
    case 'scp': {
      const at = blocker.targets?.length ? ` at ${blocker.targets.join(' and ')}` : '';
      return `no service control policy${at} allows ${action}`;
    }
    case 'vpc-endpoint-policy':
      return `the policy of the VPC endpoint does not allow ${action} for the caller`;
    case 'operation':
      return isReservedAlias(request)
        ? `\`${request.alias?.name}\` is reserved for AWS`
        : `\`${action}\` does not work across accounts: the key belongs to ${request.alias?.account ?? request.key?.account}`;
    case 'key-policy':
      if (!account) return 'no statement of the key policy allows the service';
      return account === request.key?.account
        ? `no statement of the key policy allows the caller or hands the decision to account ${account}`
        : `no statement of the key policy lets the caller or account ${account} in`;
    case 'identity-policy':
      return `no identity policy of ${account} allows ${action}`;
    case 'permissions-boundary':
      return `the permissions boundary of the caller does not allow ${action}`;
    case 'session-policy':
      return `no policy of the session allows ${action}`;
    case 'grant':
      return 'no grant on the key names the caller or its account as one who may retire it';
    default:
      return 'no statement allows it';
  }
}
