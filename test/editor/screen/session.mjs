// What all screen tests of a run share: one browser, the VSIX installed once, and the evidence of failures.
import { cp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { installVsix } from '../../../scripts/editor/code-server.mjs';
import { makeProfile } from '../../../scripts/editor/profile.mjs';
import { startBrowser } from '../host/browser.mjs';
import { runMocha } from '../host/run-mocha.mjs';

/**
 * @typedef {object} Session
 * @property {string} vsix
 * @property {string} extensionId such as `publisher.name`
 * @property {string} workspace the folder whose copies are opened
 * @property {string} output where screenshots and logs go
 * @property {import('playwright-core').Browser} browser
 * @property {string} extensions a folder with the VSIX installed, to be copied into each profile
 * @property {Set<import('./workbench.mjs').Workbench>} open the workbenches that are open
 * @property {Promise<unknown>[]} evidence what is being saved about failures
 * @property {string[]} temporary folders to remove at the end
 */

/** @type {Session | undefined} */
let current;

/** The session of the running tests. */
export function session() {
  if (!current) throw new Error('screen tests run through test/editor/run.mjs');
  return current;
}

/**
 * Runs screen test files.
 *
 * @param {string[]} files
 * @param {{ vsix: string, extensionId: string, workspace: string, output: string, grep?: string }} options
 * @param {(result: import('../host/run-mocha.mjs').TestResult) => void} onTest
 */
export async function runScreen(files, { grep, ...options }, onTest) {
  const template = await makeProfile();
  try {
    await installVsix(template, options.vsix);
    const { browser, close } = await startBrowser();
    current = { ...options, browser, extensions: template.extensions, open: new Set(), evidence: [], temporary: [] };
    try {
      for (const file of files) for (const result of await runFile(file, grep)) onTest(result);
    } finally {
      await close();
      for (const folder of current.temporary) await rm(folder, { recursive: true, force: true });
    }
  } finally {
    current = undefined;
    await template.remove();
  }
}

/**
 * Runs one file, and once more in new windows when a test of it failed: a window of VS Code on a loaded machine loses a key
 * stroke now and then. What failed at first is told, with its evidence; a fault of the product fails twice.
 */
async function runFile(file, grep) {
  const first = await runOnce(file, grep, 0);
  const failed = first.filter((result) => !result.passed);
  if (failed.length === 0) return first;
  for (const { title, error } of failed) console.log(`  again ${title}\n${error.replace(/^/gm, '        ')}`);
  return runOnce(file, grep, 1);
}

async function runOnce(file, grep, attempt) {
  const results = await runMocha([file], {
    esm: true,
    attempt,
    // What comes after a failure in the same window fails slowly, and all of it runs again.
    bail: attempt === 0,
    grep,
    onHookFailure: (title) => {
      current.evidence.push(saveEvidence(title));
    },
    afterEach: async function () {
      if (this.currentTest.state === 'failed') await saveEvidence(this.currentTest.fullTitle());
    },
  });
  for (const workbench of [...current.open]) await workbench.close();
  return results;
}

/** Saves what every open workbench shows and its server's log to the output folder. */
export async function saveEvidence(title) {
  const { open, output } = session();
  const name = title.replace(/[^a-zA-Z0-9]+/g, '-').slice(0, 100);
  let count = 0;
  for (const workbench of open) {
    const file = path.join(output, `failed-${name}${count > 0 ? `-${count}` : ''}`);
    count += 1;
    // A page that has crashed gives no picture; the log is saved all the same.
    await workbench.page.screenshot({ path: `${file}.png` }).catch(() => {});
    await writeFile(`${file}.log`, [...workbench.consoleLines, '', workbench.server.log()].join('\n'));
    await cp(workbench.logs, `${file}-logs`, { recursive: true }).catch(() => {});
  }
}
