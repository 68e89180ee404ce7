import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { decide } from '../../../simulator/access/decide.ts';
import { decideOperation } from '../../../simulator/access/operation.ts';
import { type Row, readSuite, type Section } from './suite.ts';
import { type Cast, callOf, requestOf } from './suite-request.ts';
import { worldOf } from './suite-world.ts';

const folder = fileURLToPath(new URL('suites/', import.meta.url));
const cast: Cast = {
  callers: new Map(
    readSuite(`${folder}README.md`).flatMap(({ tables }) =>
      tables.flatMap(({ rows }) => rows.map((row) => [cell(row, 'name'), cell(row, 'is')] as const)),
    ),
  ),
};

/** Every suite says of each of its cases who decides what, and where AWS says so. */
for (const file of readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md')) {
  describe(file, () => {
    for (const section of readSuite(`${folder}${file}`)) {
      if (section.tables.length > 0) describe(section.title, () => cases(section));
    }
  });
}

function cases(section: Section): void {
  for (const row of section.tables.flatMap(({ rows }) => rows)) {
    test(`line ${row.line}: ${[...row.cells.values()].join(' | ')}`, () => {
      expect(cell(row, 'source'), 'the source').not.toBe('');
      const actual = row.cells.has('operation') ? callOutcome(section, row) : outcome(section, row);
      // A row is compared with the columns that its table has.
      const expected = [...row.cells].filter(([name]) => COMPARED.has(name));
      expect(expected.length).toBeGreaterThan(0);
      for (const [name, value] of expected) expect(actual[name], name).toBe(value);
    });
  }
}

const COMPARED = new Set(['verdict', 'holds', 'by', 'assumed', 'decided', 'missing']);
const HOLDS = { allowed: 'yes', denied: 'no', depends: 'unknown' };

function outcome(section: Section, row: Row): Readonly<Record<string, string>> {
  const { verdict, by, kind, blockers, assumed } = decide(requestOf(row, cast), worldOf(section, row));
  return {
    verdict: kind === 'explicit' ? `${verdict} explicitly` : verdict,
    holds: HOLDS[verdict],
    by: verdict === 'denied' ? blockers.map(({ layer }) => layer).join(', ') : by,
    assumed: assumed.map(({ id }) => id).join(', ') || '–',
  };
}

function callOutcome(section: Section, row: Row): Readonly<Record<string, string>> {
  const to = worldOf(section, row, '-to');
  const decision = decideOperation(callOf(row, cast), { on: worldOf(section, row), to });
  if (!decision) throw new Error('KMS has no such operation');
  const { verdict, kind, by, permissions, missing } = decision;
  return {
    verdict: kind === 'explicit' ? `${verdict} explicitly` : verdict,
    by,
    decided: permissions.map((each) => `${each.needed.action} ${each.decision.verdict}`).join(', '),
    missing: missing.map(({ action }) => action).join(', ') || '–',
  };
}

function cell({ cells }: Row, name: string): string {
  return cells.get(name) ?? '';
}
