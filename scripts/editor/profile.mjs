// A profile of its own for an editor: user data, settings and extensions in one folder.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** No network, no welcome pages, no prompts: what a test run and a first look need. */
const quiet = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'security.workspace.trust.enabled': false,
  'chat.disableAIFeatures': true,
  'git.enabled': false,
  // The default in a browser is to save after a delay.
  'files.autoSave': 'off',
};

/**
 * @typedef {object} Profile
 * @property {string} folder the rest lies in it
 * @property {string} userData
 * @property {string} extensions
 * @property {() => Promise<void>} remove
 */

/**
 * A profile in a new temporary folder, or in a given one, where what is there stays.
 *
 * @param {{ settings?: Record<string, unknown>, folder?: string }} [options] user settings on top of the quiet ones
 * @returns {Promise<Profile>}
 */
export async function makeProfile({ settings = {}, folder: given } = {}) {
  // The name is short because sockets are made in this folder, and their paths have a limit of about 100 characters.
  const folder = given ?? (await realpath(await mkdtemp(path.join(tmpdir(), 'kms-ed-'))));
  const userData = path.join(folder, 'data');
  const extensions = path.join(folder, 'ext');
  const user = path.join(userData, 'User');
  await mkdir(user, { recursive: true });
  await mkdir(extensions, { recursive: true });
  const file = path.join(user, 'settings.json');
  if (!existsSync(file)) await writeFile(file, JSON.stringify({ ...quiet, ...settings }, null, 2));
  const remove = () => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  return { folder, userData, extensions, remove };
}
