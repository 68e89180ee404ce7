// What the editor's extension host runs (`extensionTestsPath`): every bundled test file beside this one.
import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { runMocha, type TestResult } from '../host/run-mocha.mjs';

/**
 * The runner reads the result file and not the exit code: the workbench also reports success when the extension host
 * dies in the middle. The file is written after every test, so that what ran last is known then.
 */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const file = process.env['KMS_LENS_TEST_RESULT'];
  if (file === undefined) throw new Error('KMS_LENS_TEST_RESULT is not set');
  const grep = process.env['KMS_LENS_TEST_GREP'];
  const tests: TestResult[] = [];
  const write = (finished: boolean) => {
    writeFileSync(`${file}.new`, JSON.stringify({ finished, vscode: vscode.version, node: process.version, tests }));
    renameSync(`${file}.new`, file);
  };
  write(false);
  // Once the language server runs it is not stopped, so the tests that need it not to run come first.
  const first = 'idle.test.js';
  const files = readdirSync(__dirname)
    .filter((name) => name.endsWith('.test.js'))
    .sort((a, b) => Number(b === first) - Number(a === first) || a.localeCompare(b));
  await runMocha(
    files.map((name) => path.join(__dirname, name)),
    {
      ...(grep === undefined ? {} : { grep }),
      onTest: (result) => {
        tests.push(result);
        write(false);
      },
    },
  );
  write(true);
  const failures = tests.filter((test) => !test.passed).length;
  if (failures > 0) throw new Error(`${failures} of ${tests.length} tests failed`);
}
