// Installs what the editor tests need, from the npm registry alone, into test/editor/node_modules:
// VS Code for the browser (code-server), the Node it runs on, a headless Chromium, Playwright and mocha.
// The packages are kept until the lockfile changes. `node test/editor/setup.mjs` runs it by hand.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { whyNoBrowserEditor } from '../../scripts/editor/choose.mjs';
import { editorTests, installed } from '../../scripts/editor/paths.mjs';
import { findOnPath } from '../../scripts/editor/programs.mjs';

/** Count up when the steps below change in a way that makes an older installation wrong. */
const RECIPE = 1;

const cache = path.join(editorTests, '.cache');
const stamp = path.join(installed.modules, '.kms-lens-setup');
const log = path.join(cache, 'setup.log');

/**
 * Makes sure the packages are there. With `browserEditor: false` only mocha and Playwright's small package are
 * installed, which is all a desktop VS Code needs.
 *
 * @param {{ browserEditor?: boolean }} [options]
 * @throws when a step fails; the message carries the end of its output.
 */
export async function setUp({ browserEditor = whyNoBrowserEditor() === undefined } = {}) {
  const wanted = await fingerprint();
  if (await isInstalled(wanted, browserEditor)) return;
  await mkdir(cache, { recursive: true });
  const release = await lock(path.join(cache, 'setup.lock'));
  try {
    if (await isInstalled(wanted, browserEditor)) return;
    await install(browserEditor);
    // The stamp comes last, in one move: an installation cut short has none and is done again.
    await writeFile(`${stamp}.new`, JSON.stringify({ wanted, browserEditor }));
    await rename(`${stamp}.new`, stamp);
  } finally {
    await release();
  }
}

async function install(browserEditor) {
  const start = Date.now();
  const what = browserEditor ? 'VS Code for the browser and its tools (once, about 1 minute and 1.2 GB)' : 'mocha';
  console.log(`setup: installing ${what} from npm`);
  await writeFile(log, '');
  const omit = browserEditor ? [] : ['--omit=dev', '--omit=optional'];
  await step('packages', () => npm(['ci', ...omit], editorTests));
  if (browserEditor) await installBrowserEditor();
  console.log(`setup: done in ${seconds(start)}`);
}

async function installBrowserEditor() {
  const nodeDir = path.dirname(path.dirname(installed.node));
  const env = {
    PATH: `${path.dirname(installed.node)}${path.delimiter}${process.env.PATH}`,
    npm_config_nodedir: nodeDir,
  };
  await step('VS Code', async () => {
    // `npm ci` rejects the shrinkwrap that code-server ships for VS Code.
    await npm(['install', '--omit=dev'], installed.vscode, env);
    await npm(['install', '--omit=dev', '--prefix', 'extensions'], installed.vscode, env);
  });
  await step('Chromium', unpackChromium);
  if (!['g++', 'make', 'python3'].every((name) => findOnPath(name))) return;
  // Everything works without these two; with them the server's log has no stack traces about them.
  await step('native parts', () =>
    npm(['rebuild', '@vscode/spdlog', '@vscode/native-watchdog'], installed.vscode, env, false).catch((error) =>
      appendFile(log, `${error}\n`),
    ),
  );
}

/** The package's own unpacker wants Node 22 or newer and unpacks to the folder for temporary files. */
async function unpackChromium() {
  await rm(installed.chromiumParts, { recursive: true, force: true });
  await mkdir(installed.chromiumParts);
  const script = `
    import chromium, { inflate } from '@sparticuz/chromium';
    await chromium.executablePath();
    await inflate(process.argv[1]);`;
  const libraries = path.join(installed.modules, '@sparticuz', 'chromium', 'bin', 'al2023.tar.br');
  const args = ['--input-type=module', '--eval', script, libraries];
  await run(installed.node, args, editorTests, { TMPDIR: installed.chromiumParts });
}

/** Changes when anything that decides about the installation does. */
async function fingerprint() {
  const hash = createHash('sha256').update(`${RECIPE} ${process.platform} ${process.arch}`);
  for (const name of ['package.json', 'package-lock.json']) hash.update(await readFile(path.join(editorTests, name)));
  return hash.digest('hex');
}

async function isInstalled(wanted, browserEditor) {
  try {
    const found = JSON.parse(await readFile(stamp, 'utf8'));
    if (found.wanted !== wanted) return false;
    if (!browserEditor) return true;
    const programs = [installed.node, installed.codeServer, path.join(installed.chromiumParts, 'chromium')];
    return found.browserEditor && programs.every((file) => existsSync(file));
  } catch {
    return false;
  }
}

/** One installation at a time. A lock whose owner is gone is taken over. */
async function lock(file) {
  let said = false;
  for (;;) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (await isAbandoned(file)) {
      await rm(file, { force: true });
      continue;
    }
    if (!said) console.log('setup: waiting for another setup to end');
    said = true;
    await sleep(500);
  }
}

async function isAbandoned(file) {
  try {
    const owner = Number(await readFile(file, 'utf8'));
    // Between its making and the writing of the number a lock is empty for a moment.
    return owner === 0 ? Date.now() - (await stat(file)).mtimeMs > 5000 : !isRunning(owner);
  } catch {
    return false;
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function step(name, work) {
  const start = Date.now();
  await work();
  console.log(`setup:   ${name} ${seconds(start)}`);
}

function seconds(start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

/** Runs npm. Install scripts stay off unless `ignoreScripts` is false: nothing here needs one. */
function npm(args, cwd, env = {}, ignoreScripts = true) {
  const all = [
    ...args,
    ...(ignoreScripts ? ['--ignore-scripts'] : []),
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
  ];
  const script = npmScript();
  if (script) return run(process.execPath, [script, ...all], cwd, env);
  return run('npm', all, cwd, env, process.platform === 'win32');
}

/** npm's own JavaScript, from the npm that started us or the one beside this Node. */
function npmScript() {
  const beside = path.dirname(process.execPath);
  const given = process.env.npm_execpath;
  const candidates = [
    ...(given?.endsWith('npm-cli.js') ? [given] : []),
    path.join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    path.join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  return candidates.find((file) => existsSync(file));
}

async function run(command, args, cwd, env = {}, shell = false) {
  const child = spawn(command, args, {
    cwd,
    env: { ...process.env, ...env },
    shell,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (data) => {
    output += data;
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const title = `${path.basename(command)} ${args.map((arg) => arg.trim()).join(' ')}`;
  await appendFile(log, `$ ${title}\n${output}\n`);
  if (code !== 0) throw new Error(`setup: \`${title}\` ended with ${code}\n${output.slice(-4000)}\nall of it: ${log}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setUp();
