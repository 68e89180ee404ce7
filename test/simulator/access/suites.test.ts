import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assumptions } from '../../../simulator/access/assumptions.ts';
import { decide } from '../../../simulator/access/decide.ts';
import { type Row, readSuite, type Section } from './suite.ts';
import { type Cast, requestOf } from './suite-request.ts';
import { worldOf } from './suite-world.ts';

const folder = new URL('suites/', import.meta.url);
const names = (table: readonly Row[]): [string, string][] =>
  table.map(({ cells }) => [cells.get('name') ?? '', cells.get('is') ?? '']);
const cast: Cast = {
  callers: new Map(
    readSuite(`${folder.pathname}README.md`).flatMap(({ tables }) => tables.flatMap(({ rows }) => names(rows))),
  ),
};

/** Every suite says of each of its cases who decides what, and where AWS says so. */
for (const file of readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md')) {
  describe(file, () => {
    for (const section of readSuite(`${folder.pathname}${file}`)) {
      if (section.tables.length > 0) describe(section.title, () => cases(section));
    }
  });
}

function cases(section: Section): void {
  for (const { rows } of section.tables) {
    test.each(
      rows.map((row) => [`line ${row.line}: ${[...row.cells.values()].slice(0, -1).join(' | ')}`, row] as const),
    )('%s', (_, row) => {
      const { cells } = row;
      const decision = decide(requestOf(row, cast), worldOf(section, row));
      const expected = cells.get('holds')
        ? { yes: 'allowed', no: 'denied', unknown: 'depends' }[cells.get('holds') ?? '']
        : cells.get('verdict');
      expect(expected, 'a verdict').toBeTruthy();
      expect(cells.get('source'), 'the source').toBeTruthy();
      const { verdict, by, kind, blockers } = decision;
      expect(kind === 'explicit' ? `${verdict} explicitly` : verdict).toBe(expected);
      if (cells.get('by')) {
        const all = verdict === 'denied' ? blockers.map(({ layer }) => layer).join(', ') : by;
        expect(all).toBe(cells.get('by'));
      }
      const assumed = cells.get('assumed');
      if (assumed !== undefined)
        expect(decision.assumed.map(({ id }) => id).sort()).toEqual(assumed === '–' ? [] : assumed.split(', ').sort());
      for (const { id } of decision.assumed) expect(assumptions).toHaveProperty(id);
    });
  }
}
