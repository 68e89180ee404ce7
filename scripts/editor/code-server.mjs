// VS Code's workbench for the browser, served on loopback by code-server (installed by test/editor/setup.mjs).
import { execFile, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { installed } from './paths.mjs';

const startLimitMs = 60_000;

/**
 * @typedef {object} Server
 * @property {string} origin `http://127.0.0.1:PORT`
 * @property {(file: string) => string} uri how the workbench names a file of this machine
 * @property {() => string} log what the server has printed
 * @property {Promise<number | string>} ended settles when the process ends, with its code or signal
 * @property {() => Promise<void>} stop ends the server and its extension hosts
 */

/** Installs a VSIX into a profile. */
export async function installVsix(profile, vsix) {
  await cli(profile, ['--install-extension', vsix]);
}

/**
 * @param {import('./profile.mjs').Profile} profile
 * @param {{ port?: number, idleSeconds?: number, testDriver?: boolean, asksForTrust?: boolean, env?: Record<string, string> }} [options]
 *   `idleSeconds`: end when no window has been open for so long. `testDriver`: heed the test keys of the address, which
 *   a built workbench ignores otherwise; it also shows no notifications then. `asksForTrust`: folders are not trusted until
 *   somebody says so.
 * @returns {Promise<Server>}
 */
export async function startServer(profile, { port, idleSeconds, testDriver, asksForTrust, env = {} } = {}) {
  const chosen = port ?? (await freePort());
  const args = [
    installed.codeServer,
    ...(await profileArgs(profile)),
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${chosen}`],
    ...(asksForTrust ? [] : ['--disable-workspace-trust']),
    ...['--disable-telemetry', '--disable-update-check'],
    ...['--disable-getting-started-override', '--ignore-last-opened'],
    ...(idleSeconds ? ['--idle-timeout-seconds', String(idleSeconds)] : []),
    ...(testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  // A process group of its own, so that its extension hosts can be ended with it.
  const child = spawn(installed.node, args, {
    env: cleanEnv(profile, env),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let log = '';
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  const killGroup = (signal) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  const killNow = () => killGroup('SIGKILL');
  process.on('exit', killNow);
  const stop = async () => {
    killGroup('SIGTERM');
    const timer = setTimeout(killNow, 4000);
    await ended;
    clearTimeout(timer);
    killNow();
    process.off('exit', killNow);
  };
  const listening = new Promise((resolve) => {
    const read = (data) => {
      log += data;
      if (log.includes('HTTP server listening on')) resolve('listening');
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const outcome = await Promise.race([listening, ended, afterMs(startLimitMs)]);
  if (outcome !== 'listening') {
    await stop();
    if (log.includes('EADDRINUSE')) throw new Error(`port ${chosen} is taken; free it or choose another`);
    throw new Error(`the server of the browser-hosted VS Code did not start (${outcome})\n${log}`);
  }
  const authority = `127.0.0.1:${chosen}`;
  return {
    origin: `http://${authority}`,
    uri: (file) => `vscode-remote://${authority}${file.split('/').map(encodeURIComponent).join('/')}`,
    log: () => log,
    ended,
    stop,
  };
}

/**
 * The address at which the workbench opens a folder.
 *
 * @param {Server} server
 * @param {string} folder
 * @param {{ file?: string, payload?: [string, string][] }} [options] `file` is shown at once.
 */
export function workbenchUrl(server, folder, { file, payload = [] } = {}) {
  const open = file ? [['openFile', server.uri(file)]] : [];
  const all = [...open, ...payload, ['skipWelcome', 'true'], ['skipReleaseNotes', 'true']];
  return `${server.origin}/?${new URLSearchParams({ folder, payload: JSON.stringify(all) })}`;
}

async function cli(profile, args) {
  const all = [installed.codeServer, ...(await profileArgs(profile)), ...args];
  await promisify(execFile)(installed.node, all, { env: cleanEnv(profile) });
}

async function profileArgs(profile) {
  const config = path.join(profile.folder, 'config.yaml');
  await writeFile(config, 'auth: none\ncert: false\n');
  return ['--config', config, '--user-data-dir', profile.userData, '--extensions-dir', profile.extensions];
}

/** The environment without what an editor or server around us put there, and with every folder in the profile. */
function cleanEnv(profile, more = {}) {
  const foreign = /^(VSCODE_|ELECTRON_|CODE_SERVER_)|^(PORT|PASSWORD|HASHED_PASSWORD|NODE_OPTIONS)$/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return {
    ...Object.fromEntries(kept),
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    XDG_CONFIG_HOME: profile.folder,
    XDG_DATA_HOME: profile.folder,
    XDG_RUNTIME_DIR: profile.folder,
    TMPDIR: profile.folder,
    ...more,
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

function afterMs(ms) {
  return new Promise((resolve) => {
    setTimeout(() => resolve(`no answer within ${ms / 1000} s`), ms).unref();
  });
}
