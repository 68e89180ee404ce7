// What the GitHub Action in `action.yml` does: checks and runs scenarios with the command line of its own checkout, which it
// builds where that was not done. Its inputs are environment variables.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = path.join(root, 'dist', 'cli.js');

if (!existsSync(cli)) {
  build('npm', ['ci', '--no-audit', '--no-fund']);
  build(process.execPath, ['scripts/build.mjs']);
}

const paths = lines('PATHS');
const check = ['check', ...paths, '--fail-on', input('FAIL_ON') || 'warning'];
const codes = [kmsLens([...check, '--format', 'github'])];
const sarif = input('SARIF_FILE');
// Its exit code says the same again.
if (sarif) kmsLens([...check, '--format', 'sarif'], sarif);
const scenarios = lines('SCENARIOS');
if (scenarios.length > 0) {
  codes.push(kmsLens(['test', ...scenarios]));
  const junit = input('JUNIT_FILE');
  if (junit) kmsLens(['test', ...scenarios, '--format', 'junit'], junit);
}
process.exitCode = Math.max(...codes);

function input(name) {
  return (process.env[`KMS_LENS_${name}`] ?? '').trim();
}

function lines(name) {
  return input(name)
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** @returns its exit code */
function kmsLens(args, file) {
  if (file) mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  const output = file ? openSync(file, 'w') : 'inherit';
  try {
    return run(process.execPath, [cli, ...args], { stdio: ['ignore', output, file ? 'ignore' : 'inherit'] });
  } finally {
    if (file) closeSync(output);
  }
}

function build(program, args) {
  const shell = process.platform === 'win32' && program === 'npm';
  const code = run(program, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell });
  if (code !== 0) process.exit(code);
}

function run(program, args, options) {
  const { status, error } = spawnSync(program, args, options);
  if (error) throw error;
  return status ?? 1;
}
