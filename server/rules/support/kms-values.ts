import type { Condition, ConditionValue, Statement } from '../../../simulator/policy/document.ts';
import { hasWildcard } from '../../../simulator/policy/syntax/arn.ts';
import { isLiteral } from './conditions.ts';

/** Whether the condition compares texts with the key of this stem (`kms:viaservice`), so that its values matter. */
export function comparesText({ operator, key }: Condition, stem: string): boolean {
  return key.kind === 'key' && key.stem === stem && operator.family === 'String';
}

/** Whether `*` and `?` stand for other characters. */
export function takesWildcards({ operator }: Condition): boolean {
  return operator.base === 'StringLike' || operator.base === 'StringNotLike';
}

export function ignoresCapitals({ operator }: Condition): boolean {
  return operator.base?.endsWith('IgnoreCase') === true;
}

/**
 * The values that AWS will see as they stand. A wildcard under an operator that has none is a fault of its own, of which
 * other rules speak.
 */
export function plainValues(condition: Condition): readonly ConditionValue[] {
  const wild = takesWildcards(condition);
  return condition.values.filter(({ text }) => isLiteral(text) && (wild || !hasWildcard(text)));
}

/** What follows where no request has a value, as the end of a sentence. */
export function effectOfDeadValue({ operator, values }: Condition, { effect }: Statement): string {
  if (1 < values.length) return 'so it does nothing in the list';
  if (operator.negated) return 'so the condition always holds';
  if (operator.ifExists || operator.set === 'ForAllValues')
    return 'so the condition holds only for requests that lack the key';
  return `so the ${effect === 'Deny' ? '`Deny`' : 'statement'} never applies`;
}
