import { expect, test } from 'vitest';
import { SourceDocument } from '../../../server/documents/source.ts';
import { check } from '../../../server/rules/engine.ts';
import { rules } from '../../../server/rules/generated/index.ts';
import { longConditions, longLists, manyStatements, type Sized, strangeTexts } from './shapes.ts';

/**
 * What runs in our code is counted in growth.test.ts; this finds what grows inside the language itself, such as copies of
 * a list. Times are compared with each other alone, and far apart: ten times as long is proportionate, a hundred times
 * would be the square.
 */
const LARGE = 50_000;
const SMALL = 5_000;
const AT_MOST = 35;

const shapes = { ...manyStatements, ...longLists, ...longConditions, ...strangeTexts };

test.each([
  'statements for a role each',
  'misspelt actions',
  'keys as resources',
  'roles as principals',
  'patterns as principals',
  'ARNs of callers',
  'private addresses',
  'pairs of a context',
  'pairs of a grant',
  'members that do not exist',
  'lists in lists',
  'objects in objects',
  'objects in a condition',
  'lists of two in an unknown element',
  'placeholders',
])('fifty thousand: %s', (name) => {
  const shape = shapes[name];
  if (!shape) throw new Error(`there are no ${name}`);
  timeOf(shape(500, 'qa'));
  const small = timeOf(shape(SMALL, 'qb'));
  const large = timeOf(shape(LARGE, 'qc'));
  expect(large / Math.max(small, 20)).toBeLessThan(AT_MOST);
});

/** Milliseconds of the processor, which other programs do not count into. */
function timeOf({ file, text }: Sized): number {
  const start = process.cpuUsage();
  check(new SourceDocument({ uri: file, text }), {
    rules,
    onError: (_, error) => {
      throw error;
    },
  });
  const { user } = process.cpuUsage(start);
  return user / 1000;
}
