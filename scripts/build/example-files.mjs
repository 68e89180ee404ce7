// `import files from './examples?files'` gives the files of the folder `examples/`, by their paths in it, each as text.
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../../examples', import.meta.url));

/** @returns {import('esbuild').Plugin} */
export const exampleFiles = {
  name: 'example-files',
  setup(build) {
    build.onResolve({ filter: /\?files$/ }, ({ path }) => ({ path, namespace: 'example-files' }));
    build.onLoad({ filter: /.*/, namespace: 'example-files' }, async () => {
      const names = await readdir(folder, { recursive: true, withFileTypes: true });
      const paths = names.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
      return {
        contents: JSON.stringify(await filesAt(paths.sort())),
        loader: 'json',
        watchFiles: paths,
      };
    });
  },
};

async function filesAt(paths) {
  const files = await Promise.all(paths.map(async (path) => [path, await readFile(path, 'utf8')]));
  return Object.fromEntries(files.map(([path, text]) => [path.slice(folder.length + 1).replaceAll(sep, '/'), text]));
}
