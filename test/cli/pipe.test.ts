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
  expect(errors).toBe('');
  expect(code).toBe(1);
});
