// A file of a rule holds its check and its documentation. Findings need the check alone, so the bundles have the rules
// without their documentation. Whoever reads about rules needs that alone, as data: `server/rules/pages.ts` is bundled as
// what it comes to when it is run.
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { load } from '../generate/rules.mjs';

/** @returns {import('esbuild').Plugin} */
export const ruleParts = {
  name: 'rule-parts',
  setup(build) {
    build.onLoad({ filter: /[\\/]server[\\/]rules[\\/][\w-]+\.ts$/, namespace: 'file' }, async ({ path }) => ({
      contents: withoutDocumentation(await readFile(path, 'utf8')),
      loader: 'ts',
      resolveDir: dirname(path),
    }));
    build.onResolve({ filter: /\/rules\/pages\.ts$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path),
      namespace: 'rule-pages',
    }));
    build.onLoad({ filter: /.*/, namespace: 'rule-pages' }, async ({ path }) => {
      const { rulePages } = await load("export { rulePages } from './pages.ts';");
      return {
        contents: `export const rulePages = ${JSON.stringify(rulePages)};`,
        loader: 'js',
        watchFiles: await filesOf(dirname(path)),
      };
    });
  },
};

async function filesOf(folder) {
  return (await readdir(folder)).filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
}

/** Empties what is given to `rule()` as documentation. The formatter sees to it that it begins and ends at this indentation. */
function withoutDocumentation(text) {
  return text.replace(/^ {2}documentation: \{\n[\s\S]*?^ {2}\},$/m, '  documentation: undefined as never,');
}
