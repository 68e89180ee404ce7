// Bundles the three programs of the package: the extension (a small entry and the client it loads on need), the
// language server and the command line, and what they share. `--watch` rebuilds on change, `--dev` keeps names and
// source maps.
import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { bundlesApart, libraryEntry, sharedLibraries } from './build/apart.mjs';
import { exampleFiles } from './build/example-files.mjs';
import { noticesOf } from './build/notices.mjs';
import { pageAssets } from './build/page-assets.mjs';
import { ruleParts } from './build/rule-parts.mjs';

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
  // An `import()` of what is not bundled asks for it with `require`, like all else here.
  supported: { 'dynamic-import': false },
  plugins: [ruleParts, bundlesApart, pageAssets, exampleFiles],
};
/** Speaks the Language Server Protocol. */
const speaking = { ...shared, plugins: [...shared.plugins, sharedLibraries] };

export const bundles = [
  // The entry asks for the client with `require('./client.js')` at run time; it must not swallow it.
  {
    ...shared,
    entryPoints: ['client/extension.ts'],
    outfile: 'dist/extension.js',
    external: ['vscode', './client.js'],
  },
  { ...speaking, entryPoints: ['client/client.ts'], outfile: 'dist/client.js', external: ['vscode'] },
  { ...speaking, entryPoints: ['server/node.ts'], outfile: 'dist/server.js' },
  { ...shared, entryPoints: ['server/runner.ts'], outfile: 'dist/runner.js' },
  { ...shared, entryPoints: ['server/local-kms.ts'], outfile: 'dist/local-kms.js' },
  { ...speaking, entryPoints: ['server/core.ts'], outfile: 'dist/core.js' },
  { ...shared, entryPoints: ['server/knowledge/pages.ts'], outfile: 'dist/pages.js' },
  { ...shared, entryPoints: ['server/knowledge/examples.ts'], outfile: 'dist/examples.js' },
  { ...shared, entryPoints: ['server/knowledge/questions.ts'], outfile: 'dist/questions.js' },
  { ...shared, entryPoints: ['simulator/kms/crypto/library.ts'], outfile: 'dist/cryptography.js' },
  { ...shared, entryPoints: ['simulator/endpoint/node.ts'], outfile: 'dist/serve.js' },
  { ...shared, entryPoints: ['simulator/endpoint/client.ts'], outfile: 'dist/call.js' },
  { ...shared, stdin: libraryEntry, outfile: 'dist/library.js' },
  { ...shared, entryPoints: ['cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
];

const COMMAND_LINE = ['dist/cli.js', 'dist/call.js'];

/**
 * The licences of what is bundled, whose comments the bundles do not repeat: of the bundles of the extension, and of those
 * that the command line has besides.
 */
export const notices = [
  { file: 'dist/THIRD-PARTY-NOTICES.txt', isOf: (outfile) => !COMMAND_LINE.includes(outfile) },
  { file: 'dist/THIRD-PARTY-NOTICES-CLI.txt', isOf: (outfile) => COMMAND_LINE.includes(outfile) },
];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (watch) {
    for (const options of bundles) await (await esbuild.context(options)).watch();
  } else {
    const built = await Promise.all(bundles.map((options) => esbuild.build({ ...options, metafile: true })));
    for (const { file, isOf } of notices) {
      const told = built.filter((_, index) => isOf(bundles[index].outfile));
      await writeFile(join(root, file), await noticesOf(told.map(({ metafile }) => metafile)));
    }
    await chmod(join(root, 'dist/cli.js'), 0o755);
    await removeLeftovers();
  }
}

/** Removes what earlier builds left, such as source maps; the bundles themselves may be in use meanwhile. */
async function removeLeftovers() {
  const made = new Set([
    ...notices.map(({ file }) => basename(file)),
    ...bundles.flatMap(({ outfile }) => [basename(outfile), ...(dev ? [`${basename(outfile)}.map`] : [])]),
  ]);
  for (const name of await readdir(join(root, 'dist'))) {
    if (!made.has(name)) await rm(join(root, 'dist', name), { recursive: true, force: true });
  }
}
