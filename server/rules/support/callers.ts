import type { Condition, Statement } from '../../../simulator/policy/document.ts';
import { holdsWithoutKey } from './conditions.ts';

/** Whether the statement is about service principals and nobody else. */
export function isForServices({ principal }: Statement): boolean {
  if (!principal || principal.negated || principal.items.length === 0) return false;
  return principal.items.every(({ pattern }) => pattern.kind === 'service');
}

/** The first condition on one of the keys (small letters) that fails for requests without it. */
export function demanded({ conditions }: Statement, keys: ReadonlySet<string>): Condition | undefined {
  return conditions.find((condition) => keys.has(condition.key.lower) && holdsWithoutKey(condition) === false);
}

/** What follows where no request can meet all conditions of a statement. */
export function neverMet({ effect }: Statement): string {
  return effect === 'Deny' ? 'so the `Deny` never applies' : 'so the statement never applies';
}
