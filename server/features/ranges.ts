import type { Range } from '../protocol.ts';

/** Whether two ranges have a character or an end in common. */
export function touches(a: Range, b: Range): boolean {
  const isAfter = (left: Range['start'], right: Range['start']): boolean =>
    left.line > right.line || (left.line === right.line && left.character > right.character);
  return !isAfter(a.start, b.end) && !isAfter(b.start, a.end);
}
