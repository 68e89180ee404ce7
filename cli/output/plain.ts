import type { Colours } from './terminal.ts';

/** Lines are broken here, on terminals of any width: longer ones are hard to read. */
const WIDTH = 96;

/** Markdown of ours as lines for a terminal: paragraphs, lists, quotations, code and tables, and no marks. */
export function plainLines(markdown: string, colours: Colours): string[] {
  const lines: string[] = [];
  let inCode = false;
  let table: string[][] = [];
  for (const line of [...markdown.split('\n'), '']) {
    const row = inCode ? undefined : cellsOf(line);
    if (row) {
      table.push(row.map((cell) => inline(cell, colours)));
      continue;
    }
    lines.push(...columns(table));
    table = [];
    if (line.startsWith('```')) inCode = !inCode;
    else if (inCode) lines.push(`    ${line}`);
    else lines.push(...block(line, colours));
  }
  return lines.slice(0, -1);
}

/** Labels and values in two columns, the second one broken into lines. */
export function plainRows(rows: readonly (readonly [label: string, value: string])[], colours: Colours): string[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length)) + 2;
  return rows.flatMap(([label, value]) =>
    wrap(inline(value, colours), WIDTH - width - 2).map((line, index) =>
      `  ${index === 0 ? colours.dim(label) + ' '.repeat(width - label.length) : ' '.repeat(width)}${line}`.trimEnd(),
    ),
  );
}

/** Words without their marks: bold, code, links and escaped characters. */
export function inline(markdown: string, colours: Colours): string {
  const pattern = /(`+) ?(.+?) ?\1(?!`)|\*\*(.+?)\*\*|\[([^\]]+)\]\(([^)]+)\)|\\([!-/:-@[-`{-~])/g;
  return markdown.replace(
    pattern,
    (_, _ticks, code?: string, bold?: string, text?: string, url?: string, plain = '') => {
      if (code !== undefined) return colours.cyan(code);
      if (bold !== undefined) return colours.bold(inline(bold, colours));
      return text === undefined ? plain : `${text} (${url})`;
    },
  );
}

/** A line of text: `lead` stands before it, spaces of the same width before what follows. */
function block(line: string, colours: Colours): string[] {
  const [, heading] = /^#+ (.*)$/.exec(line) ?? [];
  if (heading !== undefined) return [colours.bold(inline(heading, colours))];
  const [lead = '', mark = ''] = /^\s*(>|[-*]|\d+\.)\s+/.exec(line) ?? [];
  const shown = mark === '>' ? '  ' : lead;
  const lines = wrap(inline(line.slice(lead.length), colours), WIDTH - shown.length);
  return lines.map((each, index) => (index === 0 ? shown : ' '.repeat(shown.length)) + each);
}

/** The cells of a line of a table; the line below the heading has none. Undefined for other lines. */
function cellsOf(line: string): string[] | undefined {
  if (!/^\|.*\|$/.test(line.trim())) return undefined;
  if (/^[|\s:-]+$/.test(line)) return [];
  return line
    .trim()
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const filled = rows.filter((row) => row.some((cell) => cell !== ''));
  const count = Math.max(0, ...filled.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, at) => Math.max(...filled.map((row) => visible(row[at] ?? ''))));
  return filled.map((row) =>
    `  ${row.map((cell, at) => cell + ' '.repeat((widths[at] ?? 0) - visible(cell))).join('  ')}`.trimEnd(),
  );
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && width < visible(line) + 1 + visible(word)) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** The length without colours. */
const visible = (text: string): number => text.replace(ANSI, '').length;

const ANSI = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');
