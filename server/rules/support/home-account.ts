import type { PolicyDocument, PrincipalItem, Statement } from '../../../simulator/policy/document.ts';
import { compileAction } from '../../../simulator/policy/syntax/action.ts';
import type { DocumentFacts } from '../rule.ts';

/**
 * The account that owns the key: as somebody told, else the first whole account that may change the key policy without a
 * condition, since PutKeyPolicy works in the key's own account alone.
 */
export function homeAccount({ statements }: PolicyDocument, { account }: DocumentFacts): string | undefined {
  if (account !== undefined) return account;
  for (const statement of statements) {
    const { effect, readable, principal, conditions } = statement;
    if (effect !== 'Allow' || !readable || !principal || principal.negated || 0 < conditions.length) continue;
    const owner = principal.items.find(({ pattern }) => pattern.kind === 'account');
    if (owner && allows(statement, 'PutKeyPolicy')) return owner.pattern.account;
  }
  return undefined;
}

/** Whether a principal is, or belongs to, another account than the key's. */
export function isForeign({ pattern }: PrincipalItem, home: string): boolean {
  return pattern.account !== undefined && pattern.account !== home && !NEVER_CALLS.has(pattern.kind);
}

const NEVER_CALLS: ReadonlySet<string> = new Set(['malformed', 'unknown', 'group', 'federated', 'partial-wildcard']);

/** Whether a statement speaks of an action for sure; `Decrypt`, without `kms:`. */
export function allows(statement: Statement, name: string): boolean {
  return covers(statement, `kms:${name}`);
}

/** Whether a statement speaks of an action of any service for sure. */
export function covers({ action }: Statement, name: string): boolean {
  if (!action) return false;
  if (action.negated && action.items.some(({ pattern }) => pattern.kind === 'unknown')) return false;
  return action.items.some(({ pattern }) => compileAction(pattern).matches(name)) !== action.negated;
}

/** Whether it can be told which actions a statement speaks of, so that it hides none. */
export function isKnown({ readable, action }: Statement): boolean {
  return readable && (action?.items.every(({ pattern }) => pattern.kind === 'pattern') ?? false);
}
