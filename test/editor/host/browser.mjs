// A headless Chromium: the machine's own if there is one, else the one from the npm package.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { installed } from '../../../scripts/editor/paths.mjs';
import { findOnPath } from '../../../scripts/editor/programs.mjs';

/** `--no-sandbox`: containers and root have no sandbox, and only our own loopback server is opened. */
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--font-render-hinting=none',
];

/**
 * @returns {Promise<{ browser: import('playwright-core').Browser, close: () => Promise<void> }>}
 * @throws when no Chromium starts; the message carries what each said.
 */
export async function startBrowser() {
  const problems = [];
  for (const name of ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']) {
    const executablePath = findOnPath(name);
    if (!executablePath) continue;
    try {
      const browser = await chromium.launch({ executablePath, args });
      return { browser, close: () => browser.close() };
    } catch (error) {
      problems.push(`${executablePath}: ${error.message}`);
    }
  }
  try {
    return await startPackagedBrowser();
  } catch (error) {
    throw new Error(`no Chromium starts\n${[...problems, `the npm package's: ${error.message}`].join('\n')}`);
  }
}

async function startPackagedBrowser() {
  const folder = await mkdtemp(path.join(tmpdir(), 'kms-cr-'));
  await writeFile(path.join(folder, 'fonts.conf'), fontsConf(path.join(folder, 'font-cache')));
  const parts = installed.chromiumParts;
  // The package carries the libraries that a small Linux lacks (NSS); they come before the machine's.
  const libraries = [path.join(parts, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  const browser = await chromium.launch({
    executablePath: path.join(parts, 'chromium'),
    args,
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_PATH: folder, FONTCONFIG_FILE: 'fonts.conf' },
  });
  return {
    browser,
    close: async () => {
      await browser.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Only the fonts of the npm packages, so that screenshots look the same on every machine. */
function fontsConf(cache) {
  const prefer = (family, font) =>
    `<alias binding="strong"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`;
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${installed.fonts}</dir>
  <dir>${path.join(installed.chromiumParts, 'fonts')}</dir>
  <cachedir>${cache}</cachedir>
  ${prefer('monospace', 'DejaVu Sans Mono')}
  ${prefer('sans-serif', 'Open Sans')}
  ${prefer('serif', 'DejaVu Serif')}
</fontconfig>
`;
}
