import type { PrincipalPattern } from '../../policy/syntax/principal.ts';
import type { Truth } from '../../policy/truth.ts';
import type { AssumptionId } from '../assumptions.ts';
import type { Caller } from '../caller.ts';
import type { PrincipalMatch } from '../decision.ts';

/** What is known of the caller beyond its ARN. */
export interface CallerFacts {
  readonly caller: Caller;
  /** The value of `aws:userid`, where it was stated. */
  readonly userId: string | undefined;
  /** Whether a permissions boundary is attached to the calling user or role. */
  readonly hasBoundary: boolean;
}

export interface PatternMatch {
  readonly matched: Truth;
  /** In which way, if it matches. */
  readonly how: PrincipalMatch;
  readonly assumed?: AssumptionId;
}

/** Compares one principal, of a policy or a grant, with the caller. */
export function matchPattern(pattern: PrincipalPattern, facts: CallerFacts): PatternMatch {
  const { caller } = facts;
  switch (pattern.kind) {
    case 'everyone':
      // Services that call as themselves are among everyone: that is why guardrails spare aws:PrincipalIsAWSService.
      return DIRECT;
    case 'every-service':
      return caller.type === 'service' ? DIRECT : NO_MATCH;
    case 'service':
      return caller.type === 'service' && caller.service.toLowerCase() === pattern.name.toLowerCase()
        ? DIRECT
        : NO_MATCH;
    case 'account':
      return caller.type !== 'service' && caller.account === pattern.account ? ACCOUNT : NO_MATCH;
    case 'user':
      return matchUser(pattern, caller);
    case 'role':
      // The ARN of a session drops the role's path, and names of roles are unique in an account.
      return caller.type === 'role-session' && isOf(pattern, caller) && caller.roleName === pattern.name
        ? ROLE
        : NO_MATCH;
    case 'assumed-role':
      return caller.type === 'role-session' &&
        isOf(pattern, caller) &&
        caller.roleName === pattern.name &&
        caller.sessionName === pattern.sessionName
        ? DIRECT
        : NO_MATCH;
    case 'federated-user':
      return caller.type === 'federated-user' && isOf(pattern, caller) && caller.name === pattern.name
        ? DIRECT
        : NO_MATCH;
    case 'unique-id':
      return matchUniqueId(pattern, facts);
    case 'unknown':
      return matchUnknown(pattern, caller);
    // Identity providers, groups, canonical users and patterns never call KMS.
    case 'federated':
    case 'canonical-user':
    case 'group':
    case 'partial-wildcard':
    case 'malformed':
      return NO_MATCH;
  }
}

const NO_MATCH: PatternMatch = { matched: false, how: 'direct' };
const DIRECT: PatternMatch = { matched: true, how: 'direct' };
const ROLE: PatternMatch = { matched: true, how: 'role' };
const ACCOUNT: PatternMatch = { matched: true, how: 'account' };

/** Also the user behind a federated session: what is granted to the user reaches the session within its session policies. */
function matchUser(pattern: PrincipalPattern & { kind: 'user' }, caller: Caller): PatternMatch {
  if (caller.type === 'user') {
    // Names are unique in an account, so the path need not be compared.
    return isOf(pattern, caller) && lastSegment(caller.name) === pattern.name ? DIRECT : NO_MATCH;
  }
  if (caller.type !== 'federated-user' || !isOf(pattern, caller)) return NO_MATCH;
  if (caller.madeBy === undefined) return { ...NO_MATCH, assumed: 'federated-user-maker' };
  return lastSegment(caller.madeBy) === pattern.name ? { matched: true, how: 'user' } : NO_MATCH;
}

/** AWS shows the bare id once a principal is deleted. Nobody who is there now has it, unless the request says so. */
function matchUniqueId({ id, names }: PrincipalPattern & { kind: 'unique-id' }, facts: CallerFacts): PatternMatch {
  const { userId } = facts;
  if (userId === undefined || (userId !== id && !userId.startsWith(`${id}:`))) return NO_MATCH;
  return names === 'role' ? ROLE : DIRECT;
}

/** A placeholder may come to stand for the caller, unless what is known of it says otherwise. */
function matchUnknown(pattern: PrincipalPattern & { kind: 'unknown' }, caller: Caller): PatternMatch {
  const { shape, account } = pattern;
  const how = shape === 'account' ? 'account' : shape === 'role' ? 'role' : 'direct';
  const isService = caller.type === 'service';
  if (shape === 'service') return { matched: isService ? 'unknown' : false, how };
  if (shape === 'federated' || shape === 'group') return NO_MATCH;
  if (isService) return { matched: shape === undefined && account === undefined ? 'unknown' : false, how };
  if (account !== undefined && account !== caller.account) return NO_MATCH;
  const fits: Readonly<Record<string, Caller['type']>> = {
    user: 'user',
    role: 'role-session',
    'assumed-role': 'role-session',
    'federated-user': 'federated-user',
  };
  const wanted = shape && fits[shape];
  return { matched: wanted === undefined || wanted === caller.type ? 'unknown' : false, how };
}

const isOf = (pattern: { readonly account: string }, caller: { readonly account: string }): boolean =>
  pattern.account === caller.account;

const lastSegment = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
