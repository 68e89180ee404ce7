// A desktop VS Code with a profile of its own.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolveCliPathFromVSCodeExecutablePath } from '@vscode/test-electron';
import { findOnPath } from './programs.mjs';

const windows = process.platform === 'win32';

/**
 * The command line of an installed VS Code, VS Code Insiders or VSCodium on the PATH, or undefined. It must be able to
 * open a window with a profile of its own, which those of a remote terminal and of Windows under WSL are not.
 */
export function installedCli() {
  const ownWindows = (file) =>
    !/[\\/]remote-cli[\\/]/.test(file) && !(process.env.WSL_DISTRO_NAME && file.startsWith('/mnt/'));
  for (const name of ['code', 'code-insiders', 'codium']) {
    const file = findOnPath(name, ownWindows);
    if (file) return file;
  }
  return undefined;
}

/** The command line that belongs to a VS Code executable. */
export function cliOf(executable) {
  const cli = resolveCliPathFromVSCodeExecutablePath(executable);
  return existsSync(cli) ? cli : executable;
}

/**
 * Arguments that keep an editor to its profile, without prompts. Root needs `--no-sandbox`.
 *
 * @param {{ userData: string, extensions: string }} profile
 */
export function desktopArgs(profile) {
  return [
    ...['--user-data-dir', profile.userData, '--extensions-dir', profile.extensions],
    ...['--disable-workspace-trust', '--disable-updates', '--skip-welcome', '--skip-release-notes', '--new-window'],
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

/** Starts an editor and leaves it running. Its output is piped. */
export function runDesktop(executable, args, env = {}) {
  return spawn(executable, args, { env: cleanEnv(env), stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * Runs a command line of VS Code to its end: `--install-extension`, or opening a window, which it does not wait for.
 *
 * @throws when it fails; the message carries its output.
 */
export function runCli(cli, args) {
  // A .cmd file needs the shell of Windows, which takes one line with quotes.
  const result = windows
    ? spawnSync([cli, ...args].map((arg) => `"${arg}"`).join(' '), { env: cleanEnv(), encoding: 'utf8', shell: true })
    : spawnSync(cli, args, { env: cleanEnv(), encoding: 'utf8' });
  if (result.status === 0) return;
  const why = result.error?.message ?? `${result.stdout}${result.stderr}`;
  throw new Error(`\`${cli} ${args.join(' ')}\` failed\n${why}`);
}

/** Without what an editor around us put into the environment: it would be taken for a call from its terminal. */
function cleanEnv(more = {}) {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_)/.test(name));
  return { ...Object.fromEntries(kept), ...more };
}
