import type { Range } from '../../server/protocol.ts';
import type { Colours } from './terminal.ts';

/** Characters of a line that are shown at most; the rest of long lines gives way to `…`. */
const WIDTH = 100;

/**
 * The lines around a range, the range pointed at by carets:
 *
 *       11 |     "Action": [
 *     > 12 |       "kms:Decypt"
 *          |       ^^^^^^^^^^^^
 *
 * A range that goes on to later lines is pointed at on its first line. Lines as long as those of get-key-policy output
 * are cut to what surrounds the range.
 */
export function codeFrame(text: string, range: Range, colours: Colours): string[] {
  const lines = text.split(/\r\n|\r|\n/);
  const { line } = range.start;
  const width = String(line + 1).length;
  const focus = range.start.character;
  const target = lines[line] ?? '';
  const end = range.end.line === line ? range.end.character : target.length;
  const window = windowOf(target, focus, end);
  const numbered = (number: number, pointer: string, shown: string): string =>
    `${pointer} ${colours.dim(`${String(number + 1).padStart(width)} |`)} ${shown}`.trimEnd();
  const before = lines[line - 1];
  const shown = window.cut(target);
  const lead = shown.slice(0, window.columnOf(focus)).replace(/[^\t]/g, ' ');
  const carets = '^'.repeat(Math.max(1, window.columnOf(end) - window.columnOf(focus)));
  return [
    ...(before === undefined ? [] : [numbered(line - 1, ' ', cutEnd(before))]),
    numbered(line, colours.red('>'), shown),
    `  ${' '.repeat(width)} ${colours.dim('|')} ${lead}${colours.red(carets)}`,
  ];
}

/** The part of a line that is shown. */
interface Window {
  cut(line: string): string;
  /** Where a character of the line stands in what is shown. */
  columnOf(character: number): number;
}

function windowOf(line: string, focus: number, end: number): Window {
  if (line.length <= WIDTH) return { cut: (text) => text, columnOf: (character) => character };
  const length = Math.min(end - focus, WIDTH - 20);
  const from = Math.max(0, Math.min(focus - Math.floor((WIDTH - length) / 2), line.length - WIDTH));
  const to = from + WIDTH;
  const lead = from > 0 ? '…' : '';
  return {
    cut: (text) => `${lead}${text.slice(from, to)}${to < text.length ? '…' : ''}`,
    columnOf: (character) => lead.length + Math.max(from, Math.min(character, to)) - from,
  };
}

const cutEnd = (line: string): string => (line.length <= WIDTH ? line : `${line.slice(0, WIDTH)}…`);
