// Builds the bundles and packs the extension as it is published.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './paths.mjs';

/**
 * Builds the bundles into `dist/`.
 *
 * @throws when a source does not build; what is wrong has been printed.
 */
export function buildBundles() {
  const { status } = spawnSync(process.execPath, [path.join(root, 'scripts', 'build.mjs')], { stdio: 'inherit' });
  if (status !== 0) throw new Error('the build failed');
}

/**
 * Packs `dist/` and the rest of what is published into `file`. Builds nothing.
 *
 * @param {string} file the VSIX to write
 * @throws when the bundles are not built or `vsce` refuses; the message carries its output.
 */
export function packVsix(file) {
  if (!existsSync(path.join(root, 'dist', 'extension.js'))) {
    throw new Error('the extension is not built: run `npm run build` first');
  }
  const vsce = path.join(path.dirname(createRequire(import.meta.url).resolve('@vscode/vsce/package.json')), 'vsce');
  const args = [vsce, 'package', '--no-dependencies', '--out', file];
  const result = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) throw new Error(`the extension cannot be packed\n${result.stdout}${result.stderr}`);
}
