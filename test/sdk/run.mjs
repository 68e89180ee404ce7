// `npm run test:sdk`: messages of ours read by the AWS Encryption SDK and the other way round, and `kms-lens serve` called
// by the AWS SDK. Installs the SDKs when it first runs, into bench/envelope alone. Further arguments go to vitest.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { installSdk } from '../../bench/envelope/sdk.mjs';

installSdk();
const root = fileURLToPath(new URL('../..', import.meta.url));
const args = [
  'node_modules/vitest/vitest.mjs',
  'run',
  '--config',
  'test/sdk/vitest.config.mts',
  ...process.argv.slice(2),
];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
