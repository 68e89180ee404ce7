// Builds the bundles and packs the extension as it is published.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../editor/paths.mjs';
import { smaller } from './smaller.mjs';

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
 * @param {object} [how]
 * @param {boolean} [how.asBuilt] takes the bundles as they are: quicker, and larger than what is published.
 * @throws when the bundles are not built or `vsce` refuses; the message carries its output.
 */
export async function packVsix(file, { asBuilt = false } = {}) {
  if (!existsSync(path.join(root, 'dist', 'extension.js'))) {
    throw new Error('the extension is not built: run `npm run build` first');
  }
  const target = ['package', '--no-dependencies', '--out', path.resolve(file)];
  if (asBuilt) {
    vsce(root, target);
    return;
  }
  const stage = await mkdtemp(path.join(tmpdir(), 'kms-lens-stage-'));
  try {
    for (const name of [...publishedFiles(), '.vscodeignore']) await bring(name, stage);
    vsce(stage, target);
    run([path.join(root, 'scripts', 'package', 'denser.mjs'), path.resolve(file)], stage);
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
}

/** The paths of what is published, from the root of the checkout, with slashes. */
export function publishedFiles() {
  return vsce(root, ['ls', '--no-dependencies']).trim().split(/\r?\n/);
}

async function bring(name, stage) {
  const from = path.join(root, name);
  const to = path.join(stage, name);
  await mkdir(path.dirname(to), { recursive: true });
  if (name.endsWith('.js')) await writeFile(to, await smaller(from));
  else if (name === 'package.json') await writeFile(to, await manifest(from));
  else await copyFile(from, to);
}

/** What an editor reads of the manifest: how the extension is built is nothing to it. */
async function manifest(file) {
  const { scripts: _, devDependencies: __, ...read } = JSON.parse(await readFile(file, 'utf8'));
  return JSON.stringify(read);
}

function vsce(cwd, args) {
  const program = path.join(path.dirname(createRequire(import.meta.url).resolve('@vscode/vsce/package.json')), 'vsce');
  return run([program, ...args], cwd);
}

/** @returns what it prints. */
function run(args, cwd) {
  const result = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  if (result.status !== 0) throw new Error(`the extension cannot be packed\n${result.stdout}${result.stderr}`);
  return result.stdout;
}
