// The tests in a real VS Code, against the packaged extension:
//   node test/editor/run.mjs [--only suite|screen] [--grep TEXT] [--vsix FILE] [--workspace FOLDER] [--browser]
// `suite` runs in the extension host, `screen` drives the workbench in a browser. See README.md.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chooseEditor, whyNoBrowserEditor } from '../../scripts/editor/choose.mjs';
import { editorTests, root } from '../../scripts/editor/paths.mjs';
import { buildBundles, packVsix } from '../../scripts/package/vsix.mjs';
import { setUp } from './setup.mjs';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    grep: { type: 'string' },
    vsix: { type: 'string' },
    workspace: { type: 'string' },
    browser: { type: 'boolean' },
  },
});

const output = path.join(editorTests, 'output');
const all = [];
const temporary = await mkdtemp(path.join(tmpdir(), 'kms-ed-vsix-'));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
try {
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  await main();
} catch (error) {
  add('editor', { title: 'the editor tests run', passed: false, ms: 0, error: error.stack ?? String(error) });
} finally {
  await rm(temporary, { recursive: true, force: true });
}
const failed = all.filter((test) => !test.passed).length;
const passed = all.length - failed;
await writeFile(path.join(output, 'results.json'), `${JSON.stringify({ passed, failed, tests: all }, null, 2)}\n`);
console.log(`editor: ${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);

async function main() {
  const { only, grep } = options;
  if (only !== undefined && only !== 'suite' && only !== 'screen') throw new Error('--only takes `suite` or `screen`');
  const workspace = path.resolve(options.workspace ?? path.join(root, 'examples'));
  if (!existsSync(workspace)) throw new Error(`there is no folder \`${workspace}\` to open`);
  const noScreen = whyNoBrowserEditor();
  if (only === 'screen' && noScreen) throw new Error(`the screen tests cannot run here: ${noScreen}`);
  const vsix = options.vsix ? path.resolve(options.vsix) : path.join(temporary, 'extension.vsix');
  if (!options.vsix) {
    buildBundles();
    await packVsix(vsix);
  }
  const shared = { vsix, extensionId: await extensionId(), workspace, output, grep };
  await setUp();
  if (only !== 'screen') await suite(shared);
  if (only === 'suite') return;
  if (noScreen) console.log(`screen: not run: ${noScreen}`);
  else await screen(shared);
  if (all.length === 0) throw new Error(`no test has \`${grep}\` in its title`);
}

async function extensionId() {
  const { publisher, name } = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  return `${publisher}.${name}`;
}

async function suite(shared) {
  const editor = await chooseEditor({ browser: options.browser });
  const { runInHost } = await import('./host/in-host.mjs');
  const start = Date.now();
  try {
    const { about, tests } = await runInHost(editor, shared);
    console.log(`suite in the extension host of ${about} (${editor.kind}, ${seconds(start)})`);
    for (const test of tests) add('suite', test);
  } catch (error) {
    add('suite', { title: 'the suite runs', passed: false, ms: Date.now() - start, error: error.stack });
  }
}

async function screen(shared) {
  const { runScreen } = await import('./screen/session.mjs');
  const folder = path.join(editorTests, 'screen');
  const files = (await readdir(folder)).filter((name) => name.endsWith('.screen.mjs')).sort();
  const start = Date.now();
  console.log('screen');
  try {
    await runScreen(
      files.map((name) => path.join(folder, name)),
      shared,
      (test) => add('screen', test),
    );
  } catch (error) {
    add('screen', { title: 'the screen tests run', passed: false, ms: Date.now() - start, error: error.stack });
  }
  console.log(`screen: ${seconds(start)}`);
}

function add(kind, test) {
  all.push({ kind, ...test });
  console.log(`  ${test.passed ? 'pass' : 'FAIL'}  ${test.title} (${test.ms} ms)`);
  if (test.error) console.log(test.error.replace(/^/gm, '        '));
}

function seconds(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}
