// Pages of webviews have their scripts and style sheets in files of their own, which are bundled into the page as text:
// `import script from './table.browser.ts?bundled'`.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import esbuild from 'esbuild';

const SUFFIX = '?bundled';

/** @returns {import('esbuild').Plugin} */
export const pageAssets = {
  name: 'page-assets',
  setup(build) {
    const { minify } = build.initialOptions;
    build.onResolve({ filter: /\?bundled$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -SUFFIX.length)),
      namespace: 'page-asset',
    }));
    build.onLoad({ filter: /.*/, namespace: 'page-asset' }, async ({ path }) => ({
      contents: path.endsWith('.css') ? await style(path, minify) : await script(path, minify),
      loader: 'text',
      watchFiles: [path],
    }));
  },
};

async function style(path, minify) {
  const { code } = await esbuild.transform(await readFile(path, 'utf8'), { loader: 'css', minify });
  return code.trim();
}

async function script(path, minify) {
  const { outputFiles } = await esbuild.build({
    entryPoints: [path],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify,
  });
  // A closing tag inside a text would end the element.
  return outputFiles[0].text.trim().replaceAll('</script', '<\\/script');
}
