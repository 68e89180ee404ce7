import type { Element, PrincipalItem } from '../../policy/document.ts';
import { matchItems, NOBODY, type PrincipalResult } from './items.ts';
import { matchNotPrincipal } from './not-principal.ts';
import type { CallerFacts } from './pattern.ts';

/**
 * Compares the element of a statement with the caller.
 * Source: IAM User Guide, "AWS JSON policy elements: Principal" and "NotPrincipal"; checked 2026-11.
 */
export function matchPrincipal(
  element: Element<PrincipalItem> | undefined,
  facts: CallerFacts,
  effect: 'Allow' | 'Deny',
): PrincipalResult {
  if (!element || element.items.length === 0) return NOBODY;
  return element.negated ? matchNotPrincipal(element.items, facts, effect) : matchItems(element.items, facts);
}

/** Whether what an element says of a caller hangs on who calls alone, not on its boundary or a user id that was stated. */
export function hangsOnCaller(element: Element<PrincipalItem> | undefined): boolean {
  return !element || (!element.negated && element.items.every(({ pattern }) => pattern.kind !== 'unique-id'));
}
