// Runs everything that has to hold: types, lint, the tests below the editor, those beside the AWS Encryption SDK, and
// those in a real VS Code. Ends by printing how many passed and failed, and fails when one did. `--unit` leaves out the
// last two, which install what they need when they first run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'kms-lens-test-'));
const all = !process.argv.includes('--unit');

const stages = [
  { name: 'types', run: () => tool('node_modules/typescript/bin/tsc', ['--noEmit']) },
  // What runs in pages has other globals.
  { name: 'pages', run: () => tool('node_modules/typescript/bin/tsc', ['--noEmit', '-p', 'client/webviews']) },
  { name: 'lint', run: () => tool('node_modules/@biomejs/biome/bin/biome', ['check', '--error-on-warnings', '.']) },
  { name: 'tests', run: () => vitest('node_modules/vitest/vitest.mjs', 'run') },
  ...(all
    ? [
        { name: 'sdk', run: () => vitest('test/sdk/run.mjs') },
        { name: 'editor', run: editor },
      ]
    : []),
];

let passed = 0;
let failed = 0;
const lines = [];
/** The titles of tests that failed, so that the end of a long log names them. */
const titles = [];
try {
  for (const { name, run } of stages) {
    console.log(`\n── ${name} ──`);
    const began = Date.now();
    const counts = run();
    passed += counts.passed;
    failed += counts.failed;
    lines.push(
      `${name.padEnd(7)} ${counts.passed} passed, ${counts.failed} failed, ${Math.round((Date.now() - began) / 1000)} s`,
    );
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (titles.length > 0) console.log(`\nfailed:\n${titles.map((title) => `  ${title}`).join('\n')}`);
console.log(`\n${lines.join('\n')}\n\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

/** A tool that passes or fails as a whole. */
function tool(path, args) {
  const { status } = node([path, ...args]);
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function vitest(...command) {
  const output = join(scratch, 'vitest.json');
  rmSync(output, { force: true });
  const { status } = node([...command, '--reporter=dot', '--reporter=json', `--outputFile.json=${output}`]);
  const { numPassedTests = 0, numFailedTests = 0, numFailedTestSuites = 0, testResults = [] } = readJson(output);
  for (const { name, status, assertionResults } of testResults) {
    const bad = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed')
      titles.push(
        ...(bad.length > 0 ? bad : [{ fullName: 'cannot be loaded' }]).map(
          ({ fullName }) => `${relative(root, name)}: ${fullName}`,
        ),
      );
  }
  // A file that cannot be loaded fails without a failing test of its own.
  const broken = numFailedTests === 0 ? numFailedTestSuites : 0;
  return counted(status, numPassedTests, numFailedTests + broken);
}

function editor() {
  rmSync(join(root, 'test/editor/output/results.json'), { force: true });
  const { status } = node(['test/editor/run.mjs']);
  const { passed: good = 0, failed: bad = 0, tests = [] } = readJson(join(root, 'test/editor/output/results.json'));
  titles.push(...tests.filter((test) => !test.passed).map(({ title }) => `editor: ${title}`));
  return counted(status, good, bad);
}

/** A run that ended badly failed at least once, whatever it counted. */
function counted(status, good, bad) {
  return { passed: good, failed: status === 0 ? bad : Math.max(1, bad) };
}

function node(args) {
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
}

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}
