// Bundles that others ask for at run time, so that what several of them need is in the package once and is loaded only
// when it is needed.
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Modules that are bundles of their own, by their paths: an import of one asks for its bundle. */
export const apart = {
  'server/core.ts': './core.js',
  'server/knowledge/examples.ts': './examples.js',
  'server/knowledge/pages.ts': './pages.js',
  'server/knowledge/questions.ts': './questions.js',
  'simulator/kms/crypto/library.ts': './cryptography.js',
  'simulator/endpoint/node.ts': './serve.js',
  'simulator/endpoint/client.ts': './call.js',
};

/** What the client and the server import of the libraries for the Language Server Protocol. */
const libraries = [
  'vscode-jsonrpc',
  'vscode-jsonrpc/node',
  'vscode-languageserver',
  'vscode-languageserver/node',
  'vscode-languageserver-protocol',
  'vscode-languageserver-protocol/node',
  'vscode-languageserver-textdocument',
  'vscode-languageserver-types',
];
const LIBRARY = './library.js';

/** The entry of the bundle that holds the libraries: each is run when somebody first asks for it. */
export const libraryEntry = {
  contents: `module.exports = {\n${libraries.map((name) => `  get '${name}'() { return require('${name}'); },`).join('\n')}\n};\n`,
  resolveDir: root,
  sourcefile: 'library.js',
};

/** @returns {import('esbuild').Plugin} */
export const bundlesApart = {
  name: 'bundles-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\.?\/.*\.ts$/ }, ({ path, resolveDir, kind }) => {
      const bundle = apart[relative(root, join(resolveDir, path)).replaceAll(sep, '/')];
      return bundle && kind !== 'entry-point' ? { path: bundle, external: true } : undefined;
    });
  },
};

/** @returns {import('esbuild').Plugin} */
export const sharedLibraries = {
  name: 'shared-libraries',
  setup(build) {
    build.onResolve({ filter: /^vscode-(jsonrpc|languageserver)\b/ }, ({ path }) =>
      libraries.includes(path)
        ? { path, namespace: 'library' }
        : { errors: [{ text: `\`${path}\` is not in ${LIBRARY}: see scripts/build/apart.mjs` }] },
    );
    build.onResolve({ filter: /^\.\/library\.js$/, namespace: 'library' }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /.*/, namespace: 'library' }, ({ path }) => ({
      contents: `module.exports = require('${LIBRARY}')['${path}'];`,
    }));
  },
};
