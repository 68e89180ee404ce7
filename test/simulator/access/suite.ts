import { readFileSync } from 'node:fs';

/** A Markdown suite: what stands under each heading, with the JSON blocks and tables in it. */
export interface Section {
  readonly title: string;
  readonly line: number;
  readonly blocks: readonly Block[];
  readonly tables: readonly Table[];
}

/** ```` ```json key-policy of-the-role ````: its kind, a name and the value. */
export interface Block {
  readonly kind: string;
  readonly name: string;
  readonly text: string;
}

export interface Table {
  readonly rows: readonly Row[];
}

export interface Row {
  readonly line: number;
  /** Cells by the header of their column, backticks left out. */
  readonly cells: ReadonlyMap<string, string>;
}

/** Reads a suite. A block or table belongs to the heading above it; blocks under the first heading belong to all. */
export function readSuite(file: string): readonly Section[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const sections: { title: string; line: number; blocks: Block[]; tables: Table[] }[] = [];
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    const section = sections.at(-1);
    const heading = /^#+ (.+)$/.exec(line);
    if (heading) {
      sections.push({ title: heading[1] ?? '', line: i + 1, blocks: [], tables: [] });
    } else if (line.startsWith('```json')) {
      const [kind = '', name = ''] = line.slice('```json'.length).trim().split(/\s+/);
      const end = lines.indexOf('```', i + 1);
      section?.blocks.push({ kind, name, text: lines.slice(i + 1, end).join('\n') });
      i = end;
    } else if (line.startsWith('|')) {
      const end = lines.findIndex((each, at) => i < at && !each.startsWith('|'));
      section?.tables.push(readTable(lines.slice(i, end < 0 ? lines.length : end), i + 1));
      i = (end < 0 ? lines.length : end) - 1;
    }
  }
  const [first, ...others] = sections;
  return first ? [first, ...others.map((each) => ({ ...each, blocks: [...first.blocks, ...each.blocks] }))] : [];
}

function readTable(lines: readonly string[], start: number): Table {
  const [header = '', , ...rows] = lines;
  const names = cellsOf(header);
  return {
    rows: rows.map((line, index) => ({
      line: start + 2 + index,
      cells: new Map(cellsOf(line).map((cell, column) => [names[column] ?? '', cell])),
    })),
  };
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, line.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('`', '').replaceAll('\\|', '|'));
}
