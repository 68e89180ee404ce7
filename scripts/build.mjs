// Bundles the programs of the package into `dist/`: the extension (a small entry and the client it loads on need), the
// language server, its worker and the command line. What several of them need lies in `dist/shared/` once, what is
// loaded later by one of them too. `--watch` rebuilds on change, `--dev` keeps names and source maps.
import { chmod, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, watch } from 'rolldown';
import { ruleParts } from './rule-parts.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');
const watching = process.argv.includes('--watch');
const dev = watching || process.argv.includes('--dev');

/** Code of the command line alone lies apart, so that the extension can leave it out. */
const isOfCommandLine = ({ moduleIds }) => moduleIds.some((id) => id.startsWith(join(root, 'cli/')));

/** @param {import('rolldown').InputOptions} options */
const bundle = (options) => ({
  cwd: root,
  platform: 'node',
  transform: { target: 'node20' },
  // jsonc-parser's `main` is a UMD file whose inner requires no bundler can follow.
  resolve: { mainFields: ['module', 'main'] },
  moduleTypes: { '.md': 'text' },
  plugins: [ruleParts()],
  // Nobody imports the programs, and a program must not be loaded again by what it shares with others.
  preserveEntrySignatures: 'strict',
  ...options,
  output: {
    dir: dist,
    // An extension host loads CommonJS, and Node loads it faster than modules.
    format: 'cjs',
    exports: 'named',
    topLevelVar: true,
    entryFileNames: '[name].js',
    chunkFileNames: (chunk) => (isOfCommandLine(chunk) ? 'cli/[name].js' : 'shared/[name].js'),
    minify: !dev,
    comments: false,
    sourcemap: dev,
  },
});

const bundles = [
  // The entry asks for the client with `require('./client.js')` at run time; it must not swallow it.
  bundle({ input: { extension: 'client/extension.ts' }, external: ['vscode', './client.js'] }),
  bundle({
    input: { client: 'client/client.ts', server: 'server/node.ts', runner: 'server/runner.ts', cli: 'cli/main.ts' },
    external: ['vscode'],
  }),
];

if (watching) {
  watch(bundles);
} else {
  const made = await build(bundles);
  await chmod(join(dist, 'cli.js'), 0o755);
  await removeLeftovers(made.flatMap(({ output }) => output.map(({ fileName }) => join(dist, fileName))));
}

/**
 * Removes what earlier builds left, such as source maps; the bundles themselves may be in use meanwhile.
 *
 * @param {string[]} made
 */
async function removeLeftovers(made) {
  const kept = new Set(made.flatMap((path) => [path, dirname(path)]));
  for (const { parentPath, name } of await readdir(dist, { recursive: true, withFileTypes: true })) {
    const path = join(parentPath, name);
    if (!kept.has(path)) await rm(path, { recursive: true, force: true });
  }
}
