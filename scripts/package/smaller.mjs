// What is published is downloaded by everybody and built seldom: the bundles are made as small as they get, which takes
// longer than a build does.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import { minify } from 'terser';

const require = createRequire(import.meta.url);

/** Bundles that hold nothing but data. */
const DATA = ['examples.js', 'pages.js', 'questions.js'];

/**
 * What is in a bundle, in fewer bytes.
 *
 * @param {string} file a bundle for Node.js, built
 * @returns {Promise<string>} its new text
 */
export async function smaller(file) {
  return DATA.includes(basename(file)) ? packed(require(file)) : minified(await readFile(file, 'utf8'));
}

async function minified(text) {
  const { code } = await minify(text, {
    ecma: 2020,
    toplevel: true,
    compress: { passes: 2 },
    format: { ecma: 2020, comments: false },
  });
  return code;
}

/** A module with the same exports, which are unpacked when it is asked for. Brotli knows English; what packs the VSIX does not. */
function packed(exports) {
  const json = JSON.stringify(exports);
  if (!isDeepStrictEqual(JSON.parse(json), { ...exports }))
    throw new Error('there is more than data in a bundle of data');
  const bytes = brotliCompressSync(json, {
    params: { [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS },
  });
  return `"use strict";module.exports=JSON.parse(require("node:zlib").brotliDecompressSync(Buffer.from("${bytes.toString('base64')}","base64")));\n`;
}
