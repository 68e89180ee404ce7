import type { Condition, ConditionValue } from '../../../simulator/policy/document.ts';
import { hasWildcard } from '../../../simulator/policy/syntax/arn.ts';
import { isPlaceholderSegment } from '../../../simulator/policy/syntax/placeholder.ts';
import { factOf, isLiteral } from './conditions.ts';

/** The values of a condition on one of the keys that are no ids with the prefix, placeholders of any kind left out. */
export function malformedIds(condition: Condition, keys: ReadonlySet<string>, prefix: string): ConditionValue[] {
  if (condition.operator.family !== 'String' || !keys.has(factOf(condition)?.name ?? '')) return [];
  return condition.values.filter(({ text }) => isReal(text) && !isId(text, prefix));
}

/** AWS gave eight hexadecimal digits at first and gives seventeen now. */
function isId(text: string, prefix: string): boolean {
  return text.startsWith(`${prefix}-`) && /^(?:[0-9a-f]{8}|[0-9a-f]{17})$/.test(text.slice(prefix.length + 1));
}

/** Whether a text is meant as it stands: guides print `vpc-id`, `your-vpc`, `vpce-xxxxxxxx`, `vpc-EXAMPLE`. */
function isReal(text: string): boolean {
  if (!isLiteral(text) || hasWildcard(text) || isPlaceholderSegment(text, 'resource')) return false;
  return /\d/.test(text) && !/example|x{3}|\.\.\.|…/i.test(text);
}
