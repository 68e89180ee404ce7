// What every run does a little of, for long: the properties of the access decision on many more worlds (KMS_LENS_WORLDS says how
// many, and KMS_LENS_SEED repeats a run that failed), kills of a server under load (KMS_LENS_KILLS), walks through the
// operations whose state is compared after each step (KMS_LENS_STATE_WALKS), and hostile connections for a minute
// (KMS_LENS_FUZZ_SECONDS).
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const many = {
  KMS_LENS_WORLDS: '200000',
  KMS_LENS_KILLS: '200',
  KMS_LENS_STATE_WALKS: '200',
  KMS_LENS_FUZZ_SECONDS: '60',
};
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    'test/simulator/access/properties',
    'test/simulator/access/changes.test.ts',
    'test/simulator/state',
    'test/cli/state',
    'test/cli/serve-fuzz.test.ts',
    '--reporter=verbose',
  ],
  { cwd: root, stdio: 'inherit', env: { ...many, ...process.env } },
);
process.exitCode = status ?? 1;
