import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { actions } from '../../server/actions/index.ts';
import { root } from './sources.ts';

/** What holds the actions together. */
const FRAME = ['action.ts', 'index.ts', 'rewrites.ts'];

test('each action is a file that is named after it, and none is left out', () => {
  const files = readdirSync(`${root}/server/actions`).filter((name) => name.endsWith('.ts') && !FRAME.includes(name));
  expect(actions.map(({ id }) => `${id}.ts`).sort()).toEqual(files.sort());
});
