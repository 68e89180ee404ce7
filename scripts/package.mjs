// Builds the extension and packs it as it is published: `npm run package [-- FILE]`.
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { root } from './editor/paths.mjs';
import { buildBundles, packVsix } from './package/vsix.mjs';

const { name, version } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
const file = process.argv[2] ?? path.join(root, `${name}-${version}.vsix`);
buildBundles();
await packVsix(file);
const { size } = await stat(file);
console.log(`${file}: ${Math.ceil(size / 1000)} kB`);
