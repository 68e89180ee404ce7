import type { PrincipalItem } from '../../policy/document.ts';
import { all, any, not, type Truth } from '../../policy/truth.ts';
import type { Caller } from '../caller.ts';
import { matchItems, type PrincipalResult } from './items.ts';
import { type CallerFacts, matchPattern } from './pattern.ts';

/**
 * A Deny with NotPrincipal spares only callers all of whose levels are listed: account and user, or account, role and
 * session. It never spares one that has a permissions boundary. An Allow with NotPrincipal lets in everyone who is not
 * listed at all. Source: IAM User Guide, "NotPrincipal" and "Permissions boundaries for IAM entities"; checked 2026-11.
 */
export function matchNotPrincipal(
  items: readonly PrincipalItem[],
  facts: CallerFacts,
  effect: 'Allow' | 'Deny',
): PrincipalResult {
  const { caller } = facts;
  const listed = matchItems(items, facts);
  const isListed = any([listed.direct, listed.role, listed.account]);
  if (effect === 'Allow' || caller.type === 'service') return everyone(not(isListed));
  if (facts.hasBoundary) return everyone(true);
  const spared = any([namesEveryone(items), all(levels(caller).map((level) => namesLevel(items, level, facts)))]);
  const result = everyone(not(spared));
  return spared === false && isListed === true ? { ...result, assumed: 'not-principal-levels' } : result;
}

function everyone(direct: Truth): PrincipalResult {
  return { direct, role: false, account: false, how: direct === true ? 'direct' : undefined, assumed: undefined };
}

type Level = 'account' | 'user' | 'role' | 'assumed-role' | 'federated-user';

function levels(caller: Exclude<Caller, { type: 'service' }>): readonly Level[] {
  switch (caller.type) {
    case 'root':
      return ['account'];
    case 'user':
      return ['account', 'user'];
    case 'role-session':
      return ['account', 'role', 'assumed-role'];
    case 'federated-user':
      return ['account', 'federated-user'];
  }
}

const namesEveryone = (items: readonly PrincipalItem[]): boolean =>
  items.some(({ pattern }) => pattern.kind === 'everyone');

/** A placeholder may come to name the level that is still missing. */
function namesLevel(items: readonly PrincipalItem[], level: Level, facts: CallerFacts): Truth {
  return any(
    items.map(({ pattern }) => {
      const mayName =
        pattern.kind === level ||
        (pattern.kind === 'unknown' && (pattern.shape === undefined || pattern.shape === level));
      return mayName && matchPattern(pattern, facts).matched;
    }),
  );
}
