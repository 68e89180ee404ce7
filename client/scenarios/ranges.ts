import { Range } from 'vscode';
import type { Range as PlainRange } from '../../server/protocol.ts';

export function toRange({ start, end }: PlainRange): Range {
  return new Range(start.line, start.character, end.line, end.character);
}
