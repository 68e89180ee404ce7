import { expect, test } from 'vitest';
import { Progress } from '../../client/practice/progress.ts';
import { memento } from './memento.ts';

test('each answer counts, and the last one says how it stands', async () => {
  const progress = new Progress(memento());
  expect(progress.all()).toEqual({});
  await progress.add('large-file', false);
  await progress.add('large-file', true);
  expect(await progress.add('two-errors', false)).toEqual({
    'large-file': { right: 1, missed: 1, last: 'right' },
    'two-errors': { right: 0, missed: 1, last: 'missed' },
  });
  expect(await progress.reset()).toEqual({});
  expect(progress.all()).toEqual({});
});

test('what an older version stored in another shape is forgotten', () => {
  const stored = { 'large-file': 'right', 'two-errors': { right: 1, missed: 0, last: 'right' } };
  expect(Object.keys(new Progress(memento({ 'kms-lens.practice': stored })).all())).toEqual(['two-errors']);
  expect(new Progress(memento({ 'kms-lens.practice': [1] })).all()).toEqual({});
});
