/**
 * `npm run bench:server`: installs the peer when it first runs, bundles the language server and measures both. An argument
 * measures a part: `help` (hover and completion) or `validate`.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const bundle = `${here}node_modules/.kms-lens-server.cjs`;

if (!existsSync(`${here}node_modules/vscode-json-languageservice`))
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });

await esbuild.build({
  entryPoints: [`${here}ours.ts`],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  mainFields: ['module', 'main'],
  loader: { '.md': 'text' },
  logLevel: 'error',
});
const ours = createRequire(import.meta.url)(bundle);
const { bench } = await import('./bench.mjs');
const { benchValidation } = await import('./validate.mjs');
const only = process.argv[2];
const results = [only === 'validate' || (await bench(ours.Server)), only === 'help' || (await benchValidation(ours))];
process.exitCode = results.every(Boolean) ? 0 : 1;
