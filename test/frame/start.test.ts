import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './sources.ts';

const start = (...args: readonly string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts/start.mjs'), ...args], { cwd: root, encoding: 'utf8' });

test('`npm start -- --help` says what there is, and starts nothing', () => {
  const { status, stdout, stderr } = start('--help');
  expect([status, stderr]).toEqual([0, '']);
  for (const option of ['--browser', '--port N', '--help']) expect(stdout).toContain(option);
});

test('an option that does not exist ends with the usage and no stack', () => {
  const { status, stdout, stderr } = start('--brwoser');
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^start: .*--brwoser/);
  expect(stderr).toContain('--browser');
  expect(stderr).not.toMatch(/^ +at /m);
});
