// A file of a rule holds its check and its documentation. Findings need the check alone, and reading about rules the
// documentation alone, so the bundles hold the two apart: what `generated/index.ts` imports is left without the one, and
// what `generated/documented.ts` imports without the other. The types of the two promise nothing else.
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const DOCUMENTED = '?documented';

/** @returns {import('esbuild').Plugin} */
export const ruleParts = {
  name: 'rule-parts',
  setup(build) {
    build.onResolve({ filter: /^\.\.\/[\w-]+\.ts$/ }, ({ path, importer, resolveDir }) =>
      /[\\/]rules[\\/]generated[\\/]documented\.ts$/.test(importer)
        ? { path: join(resolveDir, path), suffix: DOCUMENTED }
        : undefined,
    );
    build.onLoad({ filter: /[\\/]server[\\/]rules[\\/][\w-]+\.ts$/ }, async ({ path, suffix }) => ({
      contents: without(await readFile(path, 'utf8'), suffix === DOCUMENTED ? 'check' : 'documentation'),
      loader: 'ts',
      resolveDir: dirname(path),
    }));
  },
};

/** Empties a member of what is given to `rule()`. The formatter sees to it that it begins and ends at this indentation. */
function without(text, name) {
  return text.replace(new RegExp(`^ {2}${name}: \\{\\n[^]*?^ {2}\\},$`, 'm'), `  ${name}: undefined as never,`);
}
