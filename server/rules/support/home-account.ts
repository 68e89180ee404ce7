import type { PolicyDocument, PrincipalItem, Statement } from '../../../simulator/policy/document.ts';
import { perStatement } from '../../../simulator/policy/per-statement.ts';
import { compileAction } from '../../../simulator/policy/syntax/action.ts';
import type { DocumentFacts } from '../rule.ts';
import { spokenOf } from './spoken.ts';

/**
 * The account that owns the key: as somebody told, else the first whole account that may change the key policy without a
 * condition, since PutKeyPolicy works in the key's own account alone.
 */
export function homeAccount({ statements }: PolicyDocument, { account }: DocumentFacts): string | undefined {
  if (account !== undefined) return account;
  for (const statement of statements) {
    const owner = ownerIn(statement);
    if (owner !== undefined) return owner;
  }
  return undefined;
}

const ownerIn = perStatement((statement): string | undefined => {
  const { effect, readable, principal, conditions } = statement;
  if (effect !== 'Allow' || !readable || !principal || principal.negated || 0 < conditions.length) return undefined;
  if (!allows(statement, 'PutKeyPolicy')) return undefined;
  return principal.items.find(({ pattern }) => pattern.kind === 'account')?.pattern.account;
});

/** Whether a principal is, or belongs to, another account than the key's. */
export function isForeign({ pattern }: PrincipalItem, home: string): boolean {
  return pattern.account !== undefined && pattern.account !== home && !NEVER_CALLS.has(pattern.kind);
}

const NEVER_CALLS: ReadonlySet<string> = new Set(['malformed', 'unknown', 'group', 'federated', 'partial-wildcard']);

/** Whether a statement speaks of an action of AWS KMS for sure; `Decrypt`, without `kms:`. */
export function allows(statement: Statement, name: string): boolean {
  return spokenOf(statement).has(name);
}

/** Whether a statement speaks of an action of any service for sure. */
export function covers({ action }: Statement, name: string): boolean {
  if (!action) return false;
  if (action.negated && action.items.some(({ pattern }) => pattern.kind === 'unknown')) return false;
  return action.items.some(({ pattern }) => compileAction(pattern).matches(name)) !== action.negated;
}
