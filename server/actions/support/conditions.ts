import type { Statement } from '../../../simulator/policy/document.ts';
import { withValue } from '../../documents/append.ts';
import { type ActionPlace, LINE } from '../action.ts';

/** The text with a condition more in a statement. */
export function withCondition(
  { document }: ActionPlace,
  { path }: Statement,
  { operator, key, value }: { readonly operator: string; readonly key: string; readonly value: string },
): string {
  return withValue(document, [...path, 'Condition', operator, key], value, { width: LINE });
}

/** Whether a condition of the statement is about one of these keys, in small letters, or about one that a template fills in. */
export function isAbout({ conditions }: Statement, keys: ReadonlySet<string>): boolean {
  return conditions.some(({ key }) => key.kind === 'unknown' || keys.has(key.lower));
}
