import { passesOnServices } from '../../../simulator/facts/via-services.ts';
import type { Condition, Statement } from '../../../simulator/policy/document.ts';
import { compileGlob } from '../../../simulator/policy/syntax/glob.ts';
import { holdsWithoutKey, isLiteral } from './conditions.ts';

/** Whether the statement is about service principals and nobody else. */
export function isForServices({ principal }: Statement): boolean {
  if (!principal || principal.negated || principal.items.length === 0) return false;
  return principal.items.every(({ pattern }) => pattern.kind === 'service');
}

/** The first condition on one of the keys (small letters) that fails for requests without it. */
export function demanded({ conditions }: Statement, keys: ReadonlySet<string>): Condition | undefined {
  return conditions.find((condition) => keys.has(condition.key.lower) && holdsWithoutKey(condition) === false);
}

/**
 * Whether a condition on kms:ViaService is met by services that pass on calls of service principals, as far as can be
 * told.
 */
export function mayPassOnServices({ operator, values }: Condition): boolean {
  if (operator.family !== 'String' || operator.negated) return true;
  return values.some(({ text }) => {
    const [service = ''] = text.split('.');
    return !isLiteral(text) || passesOnServices.some((each) => compileGlob(service).matches(each));
  });
}

/** What follows where no request can meet all conditions of a statement. */
export function neverMet({ effect }: Statement): string {
  return effect === 'Deny' ? 'so the `Deny` never applies' : 'so the statement never applies';
}
