import type { Element, PrincipalItem } from '../policy/document.ts';
import type { PrincipalPattern } from '../policy/syntax/principal.ts';
import { any, not, type Truth } from '../policy/truth.ts';
import type { Caller } from './caller.ts';
import type { Assumption, PrincipalMatch } from './decision.ts';

/** How a Principal or NotPrincipal element speaks of a caller. */
export interface PrincipalResult {
  /** Names the caller itself, the role of its session, everyone, or the service. */
  readonly direct: Truth;
  /** Names the caller's account: an Allow then only hands the decision to the account's identity policies. */
  readonly account: Truth;
  /** The strongest way that surely matched. */
  readonly how: PrincipalMatch | undefined;
  readonly assumed: Assumption | undefined;
}

const NOBODY: PrincipalResult = { direct: false, account: false, how: undefined, assumed: undefined };

/**
 * Compares the element of a statement with the caller.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal".
 */
export function matchPrincipal(
  element: Element<PrincipalItem> | undefined,
  caller: Caller,
  effect: 'Allow' | 'Deny',
): PrincipalResult {
  if (!element || element.items.length === 0) return NOBODY;
  return element.negated ? matchNotPrincipal(element.items, caller, effect) : matchItems(element.items, caller);
}

function matchItems(items: readonly PrincipalItem[], caller: Caller): PrincipalResult {
  let direct: Truth = false;
  let account: Truth = false;
  let how: PrincipalMatch | undefined;
  for (const { pattern } of items) {
    const match = matchOne(pattern, caller);
    if (match.how === 'account') account = any([account, match.matched]);
    else direct = any([direct, match.matched]);
    if (match.matched === true && (how === undefined || STRENGTH[match.how] > STRENGTH[how])) how = match.how;
  }
  return { direct, account, how, assumed: undefined };
}

const STRENGTH: Readonly<Record<PrincipalMatch, number>> = { account: 0, role: 1, direct: 2 };

/**
 * A Deny with NotPrincipal spares only callers all of whose levels are listed: account and user, or account, role and
 * session. What AWS does with a caller listed in part is documented as "might" be denied.
 */
function matchNotPrincipal(items: readonly PrincipalItem[], caller: Caller, effect: 'Allow' | 'Deny'): PrincipalResult {
  const listed = matchItems(items, caller);
  if (effect === 'Allow' || caller.type === 'service' || listed.how === undefined)
    return { direct: not(any([listed.direct, listed.account])), account: false, how: 'direct', assumed: undefined };
  const everyone = items.some(({ pattern }) => pattern.kind === 'everyone');
  const spared =
    everyone || levels(caller).every((level) => items.some(({ pattern }) => namesLevel(pattern, level, caller)));
  return {
    direct: !spared,
    account: false,
    how: 'direct',
    assumed: spared
      ? undefined
      : {
          id: 'not-principal-levels',
          text: 'NotPrincipal lists the caller only in part (account, role and session all count), and AWS says such a caller might be denied: taken as denied',
        },
  };
}

type Level = 'account' | 'user' | 'role' | 'session' | 'federated-user';

function levels(caller: Exclude<Caller, { type: 'service' }>): Level[] {
  switch (caller.type) {
    case 'root':
      return ['account'];
    case 'user':
      return ['account', 'user'];
    case 'role-session':
      return ['account', 'role', 'session'];
    case 'federated-user':
      return ['account', 'federated-user'];
  }
}

function namesLevel(pattern: PrincipalPattern, level: Level, caller: Caller): boolean {
  const kind = {
    account: 'account',
    user: 'user',
    role: 'role',
    session: 'assumed-role',
    'federated-user': 'federated-user',
  }[level];
  return pattern.kind === kind && matchOne(pattern, caller).matched === true;
}

interface OneMatch {
  readonly matched: Truth;
  readonly how: PrincipalMatch;
}

function matchOne(pattern: PrincipalPattern, caller: Caller): OneMatch {
  switch (pattern.kind) {
    case 'everyone':
      // Services that call as themselves are among everyone: that is why guardrails spare aws:PrincipalIsAWSService.
      return { matched: true, how: 'direct' };
    case 'every-service':
      return { matched: caller.type === 'service', how: 'direct' };
    case 'service':
      return {
        matched: caller.type === 'service' && caller.service.toLowerCase() === pattern.name.toLowerCase(),
        how: 'direct',
      };
    case 'unknown':
      return matchUnknown(pattern, caller);
    case 'account':
      return { matched: caller.type !== 'service' && caller.account === pattern.account, how: 'account' };
    case 'user':
      // Names are unique in an account, so the path need not be compared.
      return {
        matched: isOf(pattern.account, caller, 'user') && lastSegment(caller.name) === pattern.name,
        how: 'direct',
      };
    case 'role':
      return {
        matched: isOf(pattern.account, caller, 'role-session') && caller.roleName === pattern.name,
        how: 'role',
      };
    case 'assumed-role':
      return {
        matched:
          isOf(pattern.account, caller, 'role-session') &&
          caller.roleName === pattern.name &&
          caller.sessionName === pattern.sessionName,
        how: 'direct',
      };
    case 'federated-user':
      return {
        matched: isOf(pattern.account, caller, 'federated-user') && caller.name === pattern.name,
        how: 'direct',
      };
    // Deleted principals, identity providers, groups, canonical users and patterns never call KMS.
    case 'unique-id':
    case 'federated':
    case 'canonical-user':
    case 'group':
    case 'partial-wildcard':
    case 'malformed':
      return { matched: false, how: 'direct' };
  }
}

/** A placeholder may come to stand for the caller, unless what is known of it says otherwise. */
function matchUnknown(pattern: PrincipalPattern & { kind: 'unknown' }, caller: Caller): OneMatch {
  const { shape, account } = pattern;
  const how = shape === 'account' ? 'account' : shape === 'role' ? 'role' : 'direct';
  const isService = caller.type === 'service';
  if (shape === 'service') return { matched: isService ? 'unknown' : false, how };
  if (shape === 'federated' || shape === 'group') return { matched: false, how };
  if (isService) return { matched: shape === undefined && account === undefined ? 'unknown' : false, how };
  if (account !== undefined && account !== caller.account) return { matched: false, how };
  const fits: Readonly<Record<string, Caller['type']>> = {
    user: 'user',
    role: 'role-session',
    'assumed-role': 'role-session',
    'federated-user': 'federated-user',
  };
  const wanted = shape && fits[shape];
  return { matched: wanted === undefined || wanted === caller.type ? 'unknown' : false, how };
}

function isOf<T extends 'user' | 'role-session' | 'federated-user'>(
  account: string,
  caller: Caller,
  type: T,
): caller is Extract<Caller, { type: T }> {
  return caller.type === type && caller.account === account;
}

const lastSegment = (name: string): string => name.slice(name.lastIndexOf('/') + 1);
