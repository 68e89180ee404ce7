// `npm start`: builds the extension and opens an editor with it on `examples/`, in a profile of its own.
//   node scripts/start.mjs [--browser] [--port N]
// The editor is the one on the PATH (`code`, `code-insiders`, `codium`), else a downloaded VS Code, else VS Code in
// the browser from npm packages, served on loopback until Ctrl-C; `--browser` asks for the last.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { setUp } from '../test/editor/setup.mjs';
import { chooseEditor, whyNoWindow } from './editor/choose.mjs';
import { installVsix, startServer, workbenchUrl } from './editor/code-server.mjs';
import { desktopArgs, installedCli, runCli, runDesktop } from './editor/desktop.mjs';
import { root } from './editor/paths.mjs';
import { makeProfile } from './editor/profile.mjs';
import { buildBundles, packVsix } from './package/vsix.mjs';

const usage = `npm start [-- OPTIONS]

Builds the extension and opens an editor with it on examples/, in a profile of its own.

  --browser   VS Code in the browser, served on loopback until Ctrl-C
  --port N    likewise, at this port
  --help      show this help`;
const examples = path.join(root, 'examples');
const options = readOptions();

try {
  const port = portFrom(options.port);
  buildBundles();
  await open(port);
} catch (error) {
  console.error(`start: ${error.message}`);
  process.exit(1);
}

/** Ends the program where there is nothing to start: after the help, and after an option that does not exist. */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: { browser: { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (!values.help) return values;
    console.log(usage);
    process.exit(0);
  } catch (error) {
    console.error(`start: ${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

function portFrom(text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) throw new Error(`\`--port ${text}\` is not a port`);
  return port;
}

async function open(port) {
  const browser = options.browser === true || port !== undefined;
  const cli = browser || process.env.VSCODE_EXECUTABLE || whyNoWindow() ? undefined : installedCli();
  if (cli) {
    runCli(cli, await windowArgs());
    console.log(`start: \`${cli}\` opens examples/ with the extension`);
    return;
  }
  const editor = await chooseEditor({ browser });
  if (editor.kind === 'browser') await serve(port);
  else await openWindow(editor.executable);
}

/** The profile is kept between starts and lies in the checkout; the user's own is not touched. */
async function windowArgs() {
  const profile = await makeProfile({ folder: path.join(root, '.vscode-test', 'start') });
  return [...desktopArgs(profile), `--extensionDevelopmentPath=${root}`, examples];
}

async function openWindow(executable) {
  console.log('start: VS Code opens examples/ with the extension; Ctrl-C closes it');
  const child = runDesktop(executable, await windowArgs());
  child.stderr.pipe(process.stderr);
  child.stdout.resume();
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code) throw new Error(`\`${executable}\` ended with ${code}`);
}

async function serve(port) {
  await setUp();
  const asked = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve('signal'));
  });
  const profile = await makeProfile();
  let server;
  try {
    const vsix = path.join(profile.folder, 'kms-lens.vsix');
    await packVsix(vsix, { asBuilt: true });
    await installVsix(profile, vsix);
    server = await startServer(profile, { port });
    const file = firstPolicy();
    console.log('start: VS Code with the extension on examples/, for a browser on this machine:\n');
    console.log(`  ${workbenchUrl(server, examples, file ? { file } : {})}\n`);
    console.log('Every account of this machine can open it. Ctrl-C ends it.');
    const how = await Promise.race([asked, server.ended]);
    if (how !== 'signal') throw new Error(`the server ended by itself (${how})\n${server.log()}`);
  } finally {
    await server?.stop();
    await profile.remove();
  }
}

/** A key policy to show at once, the one highest up in the folder. */
function firstPolicy() {
  const files = readdirSync(examples, { recursive: true }).filter((file) => /\b(key|kms)-policy\.json$/.test(file));
  const depth = (file) => file.split(path.sep).length;
  const [first] = files.sort((a, b) => depth(a) - depth(b) || a.localeCompare(b));
  return first && path.join(examples, first);
}
