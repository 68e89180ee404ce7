// Runs the suite inside an editor's extension host, against the packaged extension.
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format } from 'node:util';
import esbuild from 'esbuild';
import { installVsix, startServer, workbenchUrl } from '../../../scripts/editor/code-server.mjs';
import { cliOf, desktopArgs, runCli, runDesktop } from '../../../scripts/editor/desktop.mjs';
import { editorTests } from '../../../scripts/editor/paths.mjs';
import { makeProfile } from '../../../scripts/editor/profile.mjs';
import { startBrowser } from './browser.mjs';

/** An editor in which for this long nothing has started or ended hangs. */
const stillMs = 120_000;

/**
 * @param {import('../../../scripts/editor/choose.mjs').Editor} editor
 * @param {object} options
 * @param {string} options.vsix the packaged extension
 * @param {string} options.extensionId
 * @param {string} options.workspace the folder of which a copy is opened
 * @param {string} options.output where evidence goes when something fails
 * @param {string} [options.grep]
 * @returns {Promise<{ about: string, tests: import('./run-mocha.mjs').TestResult[] }>}
 * @throws when the suite did not come to its end; tests that ran until then are in the message.
 */
export async function runInHost(editor, { vsix, extensionId, workspace, output, grep }) {
  const profile = await makeProfile();
  try {
    const folder = path.join(profile.folder, path.basename(workspace));
    // A workspace with a scenario starts the server at once, and idle.test.ts is about one that does not.
    await cp(workspace, folder, { recursive: true, filter: (source) => !source.endsWith('.kms-scenario.json') });
    const run = {
      profile,
      vsix,
      folder,
      output,
      result: path.join(profile.folder, 'result.json'),
      suite: await bundleSuite(),
      development: await stubExtension(profile),
    };
    const env = {
      KMS_LENS_TEST_RESULT: run.result,
      KMS_LENS_TEST_EXTENSION: extensionId,
      ...(grep ? { KMS_LENS_TEST_GREP: grep } : {}),
    };
    const problem = await (editor.kind === 'browser' ? inBrowser(run, env) : onDesktop(editor.executable, run, env));
    return await readResult(run, problem);
  } finally {
    await profile.remove();
  }
}

/** The result counts only when the suite came to its end; an exit code alone proves nothing. */
async function readResult(run, problem) {
  if (!existsSync(run.result)) throw new Error(`the suite did not start: ${problem ?? 'it left no result'}`);
  const { finished, vscode, node, tests } = JSON.parse(await readFile(run.result, 'utf8'));
  const failed = tests.some((test) => !test.passed);
  // An editor reports failed tests with an exit code; they are in the result already.
  if (finished && (problem === undefined || failed)) return { about: `VS Code ${vscode}, Node ${node}`, tests };
  const ran = tests.map((test) => `${test.passed ? 'passed' : 'failed'}: ${test.title}`).join('\n');
  throw new Error(`${problem ?? 'the extension host ended in the middle of the suite'}; tests until then:\n${ran}`);
}

/** @returns {Promise<string | undefined>} what went wrong */
async function inBrowser(run, env) {
  await installVsix(run.profile, run.vsix);
  const server = await startServer(run.profile, { idleSeconds: 120, testDriver: true, env });
  const { browser, close } = await startBrowser();
  const lines = [];
  let page;
  try {
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const problem = await watch(run, server, page, lines);
    if (problem !== undefined) {
      await page.screenshot({ path: path.join(run.output, 'suite-failed.png') }).catch(() => {});
      await writeFile(path.join(run.output, 'suite-console.log'), lines.join('\n'));
      await writeFile(path.join(run.output, 'suite-server.log'), server.log());
    }
    return problem;
  } finally {
    await close();
    await server.stop();
  }
}

async function watch(run, server, page, lines) {
  let finish;
  const finished = new Promise((resolve) => {
    finish = resolve;
  });
  const guard = setInterval(async () => {
    if (await isStill(run.result, started)) finish(`nothing happened for ${stillMs / 1000} s`);
  }, 1000);
  const started = Date.now();
  let lost = false;
  page.on('crash', () => finish('the page crashed'));
  page.on('close', () => finish('the page was closed'));
  server.ended.then((how) => finish(`the server ended (${how})`));
  // Both must be there before the page is opened: the workbench looks for them when it starts.
  await page.exposeFunction('codeAutomationLog', (type, args) => {
    const line = format(...args);
    lines.push(`[${type}] ${line}`);
    if (!/\[remote-connection\]\[ExtensionHost.*received socket close event|extension host terminated/i.test(line))
      return;
    lost = true;
    setTimeout(() => finish('the connection to the extension host was lost'), 5000).unref();
  });
  await page.exposeFunction('codeAutomationExit', (code) => {
    if (lost) finish('the connection to the extension host was lost');
    else finish(code === 0 ? undefined : `the editor ended with ${code}`);
  });
  const payload = [
    ['extensionDevelopmentPath', server.uri(run.development)],
    ['extensionTestsPath', server.uri(run.suite)],
    ['enableProposedApi', ''],
  ];
  await page.goto(workbenchUrl(server, run.folder, { payload }), { waitUntil: 'commit' });
  try {
    return await finished;
  } finally {
    clearInterval(guard);
  }
}

async function onDesktop(executable, run, env) {
  runCli(cliOf(executable), [...desktopArgs(run.profile), '--install-extension', run.vsix]);
  const args = [
    ...desktopArgs(run.profile),
    `--extensionDevelopmentPath=${run.development}`,
    `--extensionTestsPath=${run.suite}`,
    run.folder,
  ];
  const started = Date.now();
  const child = runDesktop(executable, args, env);
  let log = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (log += data));
  let still = false;
  const guard = setInterval(async () => {
    if (still || !(await isStill(run.result, started))) return;
    still = true;
    child.kill('SIGKILL');
  }, 1000);
  const code = await new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal));
  });
  clearInterval(guard);
  if (code === 0) return undefined;
  await writeFile(path.join(run.output, 'suite-editor.log'), log);
  return still ? `nothing happened for ${stillMs / 1000} s` : `the editor ended with ${code}`;
}

/** The result file is written after every test. */
async function isStill(file, started) {
  const last = await stat(file)
    .then((found) => found.mtimeMs)
    .catch(() => started);
  return Date.now() - last > stillMs;
}

/** Tests need an extension in development; the one under test is installed, so this one does nothing. */
async function stubExtension(profile) {
  const folder = path.join(profile.folder, 'stub');
  await mkdir(folder);
  const manifest = { name: 'stub', publisher: 'kms-lens-tests', version: '0.0.0', engines: { vscode: '*' } };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

async function bundleSuite() {
  const source = path.join(editorTests, 'suite');
  const names = (await readdir(source)).filter((name) => name === 'index.ts' || name.endsWith('.test.ts'));
  const outdir = path.join(editorTests, '.cache', 'suite');
  await rm(outdir, { recursive: true, force: true });
  await esbuild.build({
    entryPoints: names.map((name) => path.join(source, name)),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // mocha must be one and the same for the runner and every test file.
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return path.join(outdir, 'index');
}
