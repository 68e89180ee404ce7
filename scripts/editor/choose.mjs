// Which VS Code to run: the one order of preference of the editor tests and `npm start`.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

/** VS Code's download server, the one @vscode/test-electron asks. */
const downloads = 'https://update.code.visualstudio.com/api/releases/stable';

/**
 * @typedef {{ kind: 'desktop', executable: string } | { kind: 'browser' }} Editor
 * A VS Code with windows of its own, or VS Code's workbench in a browser with its server on this machine.
 */

/**
 * `VSCODE_EXECUTABLE` if it is set, else a VS Code downloaded by @vscode/test-electron where its server answers and
 * a window can open, else VS Code in the browser from npm packages.
 *
 * @param {{ browser?: boolean }} [options] `browser` asks for the last at once.
 * @returns {Promise<Editor>}
 * @throws when none of them is possible; the message says why for each.
 */
export async function chooseEditor({ browser = false } = {}) {
  const noBrowser = whyNoBrowserEditor();
  if (browser) {
    if (noBrowser) throw new Error(`VS Code in the browser is not possible here: ${noBrowser}`);
    return { kind: 'browser' };
  }
  const executable = process.env.VSCODE_EXECUTABLE;
  if (executable) {
    if (!existsSync(executable)) throw new Error(`VSCODE_EXECUTABLE names \`${executable}\`, which does not exist`);
    return { kind: 'desktop', executable: path.resolve(executable) };
  }
  const noDesktop = whyNoWindow() ?? (await whyNoDownload());
  if (noDesktop === undefined) return { kind: 'desktop', executable: await download() };
  if (noBrowser === undefined) return { kind: 'browser' };
  throw new Error(
    `no VS Code can run here: a downloaded one cannot (${noDesktop}), nor one in the browser (${noBrowser}); ` +
      'set VSCODE_EXECUTABLE to the path of an installed VS Code',
  );
}

/** Why the browser-hosted VS Code cannot run on this machine, or undefined when it can. */
export function whyNoBrowserEditor() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    return `its npm packages are for Linux on x64, this is ${process.platform} on ${process.arch}`;
  }
  process.report.excludeNetwork = true;
  const report = process.report.getReport();
  const { header } = typeof report === 'string' ? JSON.parse(report) : report;
  if (!header.glibcVersionRuntime) return 'its npm packages need glibc, this Linux has another C library';
  return undefined;
}

/** Why no window can open on this machine, or undefined when one can. */
export function whyNoWindow() {
  if (process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY) return undefined;
  return 'there is no display: neither DISPLAY nor WAYLAND_DISPLAY is set';
}

async function whyNoDownload() {
  try {
    const answer = await fetch(downloads, { method: 'HEAD', signal: AbortSignal.timeout(3000) });
    return answer.ok ? undefined : `its download server answers ${answer.status}`;
  } catch {
    return 'its download server does not answer';
  }
}

async function download() {
  const { downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  return downloadAndUnzipVSCode({ version: 'stable', cachePath: path.join(root, '.vscode-test') });
}
