import type { Place } from '../../../simulator/json/place.ts';
import type { Item } from '../../../simulator/policy/document.ts';
import type { Span } from '../../../simulator/policy/syntax/problem.ts';

/** The characters of a value that are wrong; the value with its quotes where that is all of it, or nothing. */
export function partOf({ path, text }: Item, { start, end }: Span): Place {
  return start < end && end - start < text.length ? { path, span: { start, end } } : { path };
}
