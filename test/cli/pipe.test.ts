import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { projectRoot } from './run.ts';

test('a reader that stops reading ends no program with an error', async () => {
  const child = spawn(process.execPath, [`${projectRoot}dist/cli.js`, 'check', `${projectRoot}examples`]);
  let errors = '';
  child.stderr.on('data', (data) => {
    errors += data;
  });
  child.stdout.destroy();
  const code = await new Promise((done) => child.on('close', done));
  // All that it says beside the findings is how many are suppressed.
  expect(errors).toMatch(/^\d+ findings are suppressed by comments\r?\n$/);
  expect(code).toBe(1);
});
