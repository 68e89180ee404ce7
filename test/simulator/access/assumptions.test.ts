import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { type AssumptionId, assumption, assumptions } from '../../../simulator/access/assumptions.ts';

const text = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const ids = Object.keys(assumptions) as AssumptionId[];

test('docs/decision.md explains every assumption and no other', () => {
  const explained = [...text('docs/decision.md').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, id]) => id);
  // Those two are made where a question is understood, before anything is decided.
  const asked = [...text('server/answers/ask.ts').matchAll(/id: '([a-z-]+)'/g)].map(([, id]) => id);
  expect(explained.sort()).toEqual([...ids, ...asked].sort());
});

test('every assumption takes part in a case of a suite', () => {
  const folder = fileURLToPath(new URL('suites/', import.meta.url));
  const suites = readdirSync(folder).map((name) => readFileSync(`${folder}${name}`, 'utf8'));
  expect(ids.filter((id) => !suites.some((suite) => suite.includes(id)))).toEqual([]);
});

test.each(ids)('%s is a sentence without a stop', (id) => {
  expect(assumption(id).text).toMatch(/^(?:[a-z`]|AWS|NotPrincipal|kms:).*[^.]$/);
});
