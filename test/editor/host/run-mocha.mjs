// Runs test files with mocha and says what became of each test. Used by both kinds of editor test, so this module is
// also bundled for the extension host.
import { stripVTControlCharacters } from 'node:util';
import Mocha from 'mocha';

/**
 * @typedef {object} TestResult
 * @property {string} title with the titles of the groups around it
 * @property {boolean} passed
 * @property {number} ms how long it ran
 * @property {string} [error] what went wrong, with the stack
 */

/**
 * @param {string[]} files
 * @param {object} options
 * @param {string} [options.grep] run only tests whose full title contains this text
 * @param {boolean} [options.esm] the files are ES modules
 * @param {number} [options.attempt] how often these ES modules ran before: a module that is loaded again needs a new address
 * @param {boolean} [options.bail] stop at the first failure
 * @param {(result: TestResult) => void} [options.onTest] called after each test and failed hook
 * @param {(this: Mocha.Context) => Promise<void>} [options.afterEach]
 * @param {(title: string) => void} [options.onHookFailure] called as soon as a `before` or `after` fails
 * @returns {Promise<TestResult[]>}
 */
export async function runMocha(
  files,
  { grep, esm = false, attempt = 0, bail = false, onTest, afterEach, onHookFailure },
) {
  // A test that is skipped or is the only one by accident is a failure.
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 90_000,
    bail,
    forbidOnly: true,
    forbidPending: true,
    reporter: class {},
  });
  for (const file of files) mocha.addFile(file);
  if (grep) mocha.fgrep(grep);
  if (afterEach) mocha.rootHooks({ afterEach });
  if (esm) await mocha.loadFilesAsync({ esmDecorator: (file) => `${file}?attempt=${attempt}` });
  /** @type {TestResult[]} */
  const results = [];
  const add = (result) => {
    results.push(result);
    onTest?.(result);
  };
  await new Promise((resolve) => {
    const runner = mocha.run((failures) => {
      // Mocha listens to the process until somebody says so.
      mocha.dispose();
      resolve(failures);
    });
    runner.on('pass', (test) => add({ title: test.fullTitle(), passed: true, ms: test.duration ?? 0 }));
    runner.on('fail', (test, error) => {
      if (test.type === 'hook') onHookFailure?.(test.fullTitle());
      const text = stripVTControlCharacters(error.stack ?? String(error));
      add({ title: test.fullTitle(), passed: false, ms: test.duration ?? 0, error: text });
    });
  });
  return results;
}
