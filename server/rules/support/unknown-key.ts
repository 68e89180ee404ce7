import type { Condition, Statement } from '../../../simulator/policy/document.ts';
import { nearest } from '../../../simulator/text/nearest.ts';
import type { Finding } from '../rule.ts';
import { isSlip } from './action-names.ts';
import { atKey, effectWithoutKey, withKey } from './conditions.ts';

/** The finding that a condition key does not exist; `names` are those it may have been meant to be. */
export function unknownKey(
  condition: Condition,
  statement: Statement,
  whose: string,
  names: readonly string[],
): Finding {
  const { text } = condition.key;
  const meant = nearest(text, names);
  return {
    at: atKey(condition),
    message: `${whose} has no condition key \`${text}\``,
    why: `it is never in a request, ${effectWithoutKey(condition, statement)}`,
    next: meant === undefined ? 'use one that exists, or remove the condition' : `write \`${meant}\``,
    fixes: meant === undefined ? [] : withKey(condition, statement, meant, isSlip(text, meant)),
  };
}

/** The keys that need nothing filled in. */
export function plainNames(keys: readonly { readonly name: string; readonly deprecated?: object }[]): string[] {
  return keys.filter(({ name, deprecated }) => !name.includes('${') && !deprecated).map(({ name }) => name);
}
