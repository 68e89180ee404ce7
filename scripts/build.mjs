// Bundles the three programs of the package: the extension (a small entry and the client it loads on need), the
// language server and the command line. `--watch` rebuilds on change, `--dev` keeps names and source maps.
import { chmod, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const watch = process.argv.includes('--watch');
const dev = watch || process.argv.includes('--dev');

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // jsonc-parser's `main` is a UMD file whose inner requires esbuild cannot follow.
  mainFields: ['module', 'main'],
  minify: !dev,
  keepNames: false,
  sourcemap: dev ? 'linked' : false,
  legalComments: 'none',
  logLevel: 'warning',
  loader: { '.md': 'text' },
};

export const bundles = [
  // The entry asks for the client with `require('./client.js')` at run time; it must not swallow it.
  {
    ...shared,
    entryPoints: ['client/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode', './client.js'],
  },
  { ...shared, entryPoints: ['client/client.ts'], outfile: 'dist/client.js', external: ['vscode'] },
  { ...shared, entryPoints: ['server/node.ts'], outfile: 'dist/server.js' },
  { ...shared, entryPoints: ['server/runner.ts'], outfile: 'dist/runner.js' },
  { ...shared, entryPoints: ['cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (watch) {
    for (const options of bundles) await (await esbuild.context(options)).watch();
  } else {
    await rm(`${root}/dist`, { recursive: true, force: true });
    await Promise.all(bundles.map((options) => esbuild.build(options)));
    await chmod(`${root}/dist/cli.js`, 0o755);
  }
}
