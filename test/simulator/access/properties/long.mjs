// The properties of the access decision on many more worlds than every run takes, and hostile connections to `kms-lens serve`.
// KMS_LENS_WORLDS and KMS_LENS_REQUESTS say how many, and KMS_LENS_SEED repeats a run that failed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    'test/simulator/access/properties',
    'test/simulator/access/changes.test.ts',
    'test/cli/serve-fuzz.test.ts',
    '--reporter=verbose',
  ],
  { cwd: root, stdio: 'inherit', env: { KMS_LENS_WORLDS: '200000', KMS_LENS_REQUESTS: '6000', ...process.env } },
);
process.exitCode = status ?? 1;
