// Drives VS Code's workbench as a person does: opens files, clicks, types, and reads what is on the screen.
// Every wait is for a condition, with a limit far above what it takes.
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { startServer, workbenchUrl } from '../../../scripts/editor/code-server.mjs';
import { makeProfile } from '../../../scripts/editor/profile.mjs';
import { decorationsIn, lensesIn, linesIn, rectOfText } from './page.mjs';
import { saveEvidence, session } from './session.mjs';

const limitMs = 60_000;

/** What VS Code calls each theme: in its settings, as a class of the workbench, and in the pages of extensions. */
const themes = {
  dark: { name: 'Dark 2026', css: 'vs-dark', kind: 'vscode-dark' },
  light: { name: 'Light 2026', css: 'vs', kind: 'vscode-light' },
  'high contrast': { name: 'Default High Contrast', css: 'hc-black', kind: 'vscode-high-contrast' },
  'high contrast light': { name: 'Default High Contrast Light', css: 'hc-light', kind: 'vscode-high-contrast-light' },
};

/** A folder that somebody opened in restricted mode, and has been asked about. */
const untrusted = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};

/**
 * Opens a workbench with the packaged extension in a profile of its own, on a copy of a folder.
 *
 * @param {object} [options]
 * @param {string} [options.folder] the folder to copy; the run's workspace (`examples/`) unless given
 * @param {string} [options.file] opened at once, relative to the folder
 * @param {Record<string, unknown>} [options.settings] user settings
 * @param {keyof typeof themes} [options.theme] `dark` unless given
 * @param {{ width: number, height: number }} [options.size] in pixels
 * @param {boolean} [options.isTrusted] whether the folder is trusted, which it is unless given
 * @returns {Promise<Workbench>}
 */
export async function openWorkbench({ folder, file, settings = {}, theme = 'dark', size, isTrusted = true } = {}) {
  const { browser, workspace, extensions, open } = session();
  const profile = await makeProfile({
    settings: {
      'workbench.colorTheme': themes[theme].name,
      'workbench.reduceMotion': 'on',
      'editor.hover.delay': 100,
      'editor.minimap.enabled': false,
      ...(isTrusted ? {} : untrusted),
      ...settings,
    },
  });
  await cp(extensions, profile.extensions, { recursive: true });
  const original = folder ?? workspace;
  const copy = path.join(profile.folder, path.basename(original));
  await cp(original, copy, { recursive: true });
  const server = await startServer(profile, { idleSeconds: 120, asksForTrust: !isTrusted });
  const context = await browser.newContext({ viewport: size ?? { width: 1280, height: 800 } });
  const page = await context.newPage();
  page.setDefaultTimeout(limitMs);
  const workbench = new Workbench(page, server, profile, copy);
  open.add(workbench);
  try {
    const shown = file ? { file: path.join(copy, file) } : {};
    await page.goto(workbenchUrl(server, copy, shown), { waitUntil: 'commit' });
    await page.locator('.monaco-workbench').waitFor();
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    if (file) await workbench.untilShown(path.basename(file));
  } catch (error) {
    await saveEvidence(`opening ${path.basename(copy)}`);
    await workbench.close();
    throw error;
  }
  return workbench;
}

export class Workbench {
  /**
   * @param {import('playwright-core').Page} page
   * @param {import('../../../scripts/editor/code-server.mjs').Server} server
   * @param {import('../../../scripts/editor/profile.mjs').Profile} profile
   * @param {string} folder the copy that is open
   */
  constructor(page, server, profile, folder) {
    /** For what this class has no method for. */
    this.page = page;
    this.server = server;
    this.profile = profile;
    this.folder = folder;
    /** Where the editor and the extension write their logs. */
    this.logs = path.join(profile.userData, 'logs');
    /** What the page wrote to its console. */
    this.consoleLines = [];
    page.on('console', (message) => this.consoleLines.push(`[${message.type()}] ${message.text()}`));
    page.on('pageerror', (error) => this.consoleLines.push(`[pageerror] ${error.stack}`));
  }

  /** The part of the page that is the active text editor. */
  get editor() {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  async close() {
    const { open, evidence } = session();
    await Promise.allSettled(evidence);
    open.delete(this);
    await this.page.context().close();
    await this.server.stop();
    await this.profile.remove();
  }

  /**
   * Waits until `probe` gives something that holds, and returns it: not undefined, false, '' or an empty list.
   *
   * @template T
   * @param {string} what the condition, for the error message
   * @param {() => Promise<T> | T} probe
   * @returns {Promise<T>}
   */
  async until(what, probe) {
    const end = Date.now() + limitMs;
    let last;
    do {
      try {
        last = await probe();
        if (Array.isArray(last) ? last.length > 0 : last) return last;
      } catch (error) {
        last = error;
      }
      await sleep(100);
    } while (Date.now() < end);
    throw new Error(`waited ${limitMs / 1000} s in vain: ${what}; last: ${last?.message ?? JSON.stringify(last)}`);
  }

  /** Opens a file of the folder, such as `team/app.key-policy.json`, through quick open. */
  async openFile(file) {
    const end = path.join(path.basename(this.folder), file);
    await this.until(`\`${file}\` is open`, async () => {
      await this.press('Control+P');
      await this.quickInput().waitFor();
      await this.page.keyboard.insertText(path.join(this.folder, file));
      await this.pick(path.basename(file));
      await this.untilShown(path.basename(file));
      // The list is filtered a moment after typing: a file of the same name may have been picked from the older one.
      return (await this.activePath()).endsWith(end);
    });
  }

  /** Waits until the active editor is the one of a tab with this name and shows text. */
  async untilShown(name) {
    await this.until(`the editor \`${name}\` is shown`, async () => (await this.activeTab()) === name);
    await this.editor.locator('.view-lines').waitFor();
  }

  /** Runs a command by its full title, such as `View: Toggle Word Wrap`. */
  async run(title) {
    await this.openPalette();
    await this.page.keyboard.insertText(title);
    await this.pick(title);
  }

  /**
   * The key goes nowhere in the page of a webview that is only just there, and a box that closes is not the palette: it is
   * there when its `>` is.
   */
  async openPalette() {
    const inputs = this.quickInput().locator('input');
    await this.until('the command palette is open', async () => {
      await this.press('F1');
      for (const end = Date.now() + 3000; Date.now() < end; await sleep(50)) {
        const [text] = await inputs.evaluateAll((found) => found.map((input) => input.value));
        if (text === '>') return true;
      }
      return false;
    });
  }

  /** Puts the cursor at a line and column, both from 1. */
  async goto(line, column = 1) {
    await this.press('Control+G');
    await this.quickInput().waitFor();
    await this.page.keyboard.insertText(`${line}:${column}`);
    await this.press('Enter');
    await this.quickInput().waitFor({ state: 'hidden' });
    await this.untilAtLine(line, ` Col ${column}`);
  }

  /** Waits until the cursor is in a line, from 1. */
  async untilAtLine(line, column = '') {
    await this.until(`the cursor is in line ${line}`, async () =>
      (await this.statusBar()).some((item) => item.startsWith(`Ln ${line},${column}`)),
    );
  }

  /** Presses keys, such as `Control+Shift+K`. */
  async press(keys) {
    await this.page.keyboard.press(keys);
  }

  /** Types key by key: the editor closes brackets and offers completions as it does for a person. */
  async type(text) {
    await this.page.keyboard.type(text, { delay: 20 });
  }

  /** Puts text in as a paste does. */
  async insert(text) {
    await this.page.keyboard.insertText(text);
  }

  /** Saves the active editor and waits until it is saved. */
  async save() {
    await this.press('Control+S');
    await this.until('the editor is saved', async () => (await this.page.locator('.tab.active.dirty').count()) === 0);
  }

  /** The text of a file of the open copy, from disk. */
  async read(file) {
    return readFile(path.join(this.folder, file), 'utf8');
  }

  /** The visible text of the active editor, including inlay hints. */
  async editorText() {
    return (await this.editor.evaluate(linesIn)).join('\n');
  }

  /** What decorations put before or after the text of the active editor, with its colour; the invisible is left out. */
  async decorations() {
    return this.editor.evaluate(decorationsIn);
  }

  /** The name on the active tab. */
  async activeTab() {
    return (await this.tabs('.editor-group-container.active .tab.active'))[0];
  }

  /** The path on the active tab, as its hover shows it. */
  async activePath() {
    const tab = this.page.locator('.editor-group-container.active .tab.active .tab-label');
    return ((await tab.getAttribute('aria-label')) ?? '').split(' • ')[0];
  }

  /** The names on the tabs of all groups. */
  async tabs(selector = '.tab') {
    return this.page.locator(selector).evaluateAll((tabs) =>
      tabs.map((tab) => {
        const parts = tab.querySelectorAll('.monaco-icon-name-container, .label-suffix');
        return [...parts].map((part) => part.textContent.replaceAll('\u00a0', ' ')).join('');
      }),
    );
  }

  /** How many pieces of squiggle are on the screen. */
  async squiggles(severity = 'error') {
    return this.page.locator(`.monaco-editor .squiggly-${severity}`).count();
  }

  /** The rows of the problems panel that are visible, as screen readers hear them; opens the panel if it is not. */
  async problems() {
    const panel = this.page.locator('.markers-panel');
    if (!(await panel.isVisible())) {
      await this.press('Control+Shift+M');
      await panel.waitFor();
    }
    return this.labels(panel);
  }

  /** The code lenses on the screen, from top to bottom, as `line text`: the line is the one that they stand above. */
  async lenses() {
    return (await this.editor.evaluate(lensesIn)).map(({ line, text }) => `${line} ${text}`);
  }

  /** Clicks a code lens, such as `26 Simulate access…`, when it is there. */
  async clickLens(lens) {
    const { index } = await this.until(`the lens \`${lens}\` is on the screen`, async () =>
      (await this.editor.evaluate(lensesIn)).find(({ line, text }) => `${line} ${text}` === lens),
    );
    await this.editor.locator('.codelens-decoration a').nth(index).click();
  }

  /** Waits until a decoration says this beside its line, such as `26 ✓ allowed by “Use the key”`, and returns it. */
  async untilBeside(text) {
    return this.until(`\`${text}\` is on the screen`, async () =>
      (await this.decorations()).find((one) => `${one.line} ${one.text}` === text),
    );
  }

  /** Moves the mouse onto a text of the active editor and returns what the hover says. */
  async hover(text, nth = 0) {
    const at = await this.until(`\`${text}\` is on the screen`, () => this.editor.evaluate(rectOfText, { text, nth }));
    return this.hoverOver(at, text);
  }

  /** Moves the mouse onto a part of the screen and returns what the hover there says. */
  async hoverOver({ x, y, width, height }, what) {
    await this.parkMouse();
    await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 4 });
    return this.until(`a hover on \`${what}\``, () => this.hoverText());
  }

  /** What the open hover says, or '' when there is none or it is still loading. */
  async hoverText() {
    const texts = await this.visibleHovers().allInnerTexts();
    return texts
      .map(tidy)
      .filter((text) => text !== 'Loading...')
      .join('\n');
  }

  /** The quick fixes offered at the cursor; closes the list again. */
  async quickFixes() {
    const list = await this.openQuickFixes();
    const titles = (await list.locator('.monaco-list-row.action .title').allInnerTexts()).map(tidy);
    await this.press('Escape');
    await list.waitFor({ state: 'hidden' });
    return titles;
  }

  /** Applies the quick fix at the cursor whose title contains this text. */
  async quickFix(title) {
    const list = await this.openQuickFixes();
    await list.locator('.monaco-list-row.action', { hasText: title }).first().click();
    await list.waitFor({ state: 'hidden' });
  }

  /** The open list of completions. */
  async completions() {
    return this.page.locator('.suggest-widget.visible .monaco-list-row .label-name').allInnerTexts();
  }

  /**
   * Waits until VS Code has started what answers here: asked for completions it offers `label`. Before that it asks
   * nobody when somebody types.
   */
  async untilOffered(label) {
    await this.until(`\`${label}\` is offered when asked for`, async () => {
      await this.press('Control+Space');
      for (const end = Date.now() + 3000; Date.now() < end; await sleep(100))
        if ((await this.completions()).includes(label)) return true;
      await this.press('Escape');
      return false;
    });
    await this.press('Escape');
    await this.until('the list is closed', async () => (await this.completions()).length === 0);
  }

  /** The box with an input at the top of the window: quick pick, input box, command palette. */
  quickInput() {
    return this.page.locator('.quick-input-widget:not([style*="display: none"])');
  }

  /** Waits for a quick pick and returns its title and items. */
  async quickPick() {
    const rows = this.quickInput().locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const items = await rows.evaluateAll((found) =>
      found.map((row) => {
        // Rows are used again; what they do not show any more stays in them, without a size.
        const part = (selector) => {
          const found = row.querySelector(selector);
          return found?.offsetHeight ? found.textContent.replaceAll('\u00a0', ' ').trim() : '';
        };
        return {
          label: part('.quick-input-list-row:first-child .label-name'),
          description: part('.quick-input-list-row:first-child .label-description'),
          detail: part('.quick-input-list-row:nth-child(2)'),
        };
      }),
    );
    const title = tidy(await this.quickInput().locator('.quick-input-title').textContent());
    return { title, items };
  }

  /** Waits for the quick pick with this title, such as `Simulate access (2/4)`. */
  async untilQuickPick(title) {
    return this.until(`the quick pick \`${title}\` is open`, async () => {
      const found = await this.quickPick();
      if (found.title !== title) return undefined;
      // The rows follow the title a moment later.
      await sleep(150);
      return isDeepStrictEqual(await this.quickPick(), found) ? found : undefined;
    });
  }

  /** Picks the item of a quick pick with this label. */
  async pick(label) {
    const rows = this.quickInput().locator('.quick-input-list .monaco-list-row');
    const names = rows.locator('.quick-input-list-row:first-child .label-name');
    await names.getByText(label, { exact: true }).first().click();
  }

  /** Fills an input box and accepts it. */
  async answer(text) {
    const input = this.quickInput().locator('input').first();
    await input.fill(text);
    await input.press('Enter');
  }

  /** The messages of the notifications on the screen. */
  async notifications() {
    const texts = await this.page.locator('.notifications-toasts .notification-list-item-message').allInnerTexts();
    return texts.map(tidy);
  }

  /** Presses a button of a notification. */
  async pressNotificationButton(label) {
    await this.page.locator('.notifications-toasts .monaco-button', { hasText: label }).first().click();
  }

  /** The texts of the status bar. */
  async statusBar() {
    const texts = await this.page.locator('.statusbar-item').allInnerTexts();
    return texts.map(tidy).filter((text) => text !== '');
  }

  /** Opens the side bar with this name, such as `Explorer` or `Testing`. */
  async openSideBar(name) {
    const title = this.page.locator('.sidebar .composite.title', { hasText: name });
    // A click on the one that is open closes it.
    if (await title.isVisible()) return;
    const button = this.page.locator(`a.action-label[aria-label^="${name}"]`);
    await this.page.locator('.activitybar .action-item', { has: button }).click();
    await title.waitFor();
  }

  /** The visible rows of a view in the side bar or panel, as screen readers hear them. */
  async viewRows(name) {
    return this.labels(this.page.locator('.pane', { has: this.page.locator('.pane-header', { hasText: name }) }));
  }

  /** The document inside the webview on the screen. */
  webview() {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }

  /** Changes the theme, and waits until the window and the pages in it have it. */
  async useTheme(/** @type {keyof typeof themes} */ theme) {
    const { name, css, kind } = themes[theme];
    // VS Code does not watch the settings of the user in a browser.
    const settings = path.join(this.folder, '.vscode');
    await mkdir(settings, { recursive: true });
    await writeFile(path.join(settings, 'settings.json'), JSON.stringify({ 'workbench.colorTheme': name }));
    await this.page.locator(`.monaco-workbench.${css}`).first().waitFor();
    for (const page of await this.page.locator('iframe.webview.ready:visible').all())
      await page.contentFrame().frameLocator('iframe[title]').locator(`body.${kind}`).waitFor();
  }

  /** Saves a picture in each theme. What is drawn follows the theme as it is, nothing is opened anew. */
  async screenshots(name) {
    await this.screenshot(`${name}-dark`);
    for (const theme of /** @type {const} */ (['light', 'high contrast'])) {
      await this.useTheme(theme);
      await this.screenshot(`${name}-${theme.replace(' ', '-')}`);
    }
    await this.useTheme('dark');
  }

  /** Saves a picture of the window in the output folder, or in another. */
  async screenshot(name, folder = session().output) {
    await this.page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  }

  /** Moves the mouse to where nothing reacts to it. */
  async parkMouse() {
    await this.page.mouse.move(5, 5);
    await this.until('no hover is open', async () => (await this.visibleHovers().count()) === 0);
  }

  visibleHovers() {
    return this.page.locator('.monaco-hover:not(.hidden) .hover-contents:visible');
  }

  /** Asked for before the editor knows the diagnostics at the cursor, the list stays away; so ask again. */
  async openQuickFixes() {
    const list = this.page.locator('.action-widget:not(.action-list-submenu-panel)');
    const row = list.locator('.monaco-list-row.action').first();
    await this.until('the list of quick fixes is open', async () => {
      await this.press('Control+Period');
      await row.waitFor({ timeout: 1500 });
      return true;
    });
    return list;
  }

  async labels(part) {
    return part
      .locator('.monaco-list-row')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? row.textContent));
  }
}

/** Spaces as in the source: editors draw them as no-break spaces. */
function tidy(text) {
  return text.replaceAll('\u00a0', ' ').trim();
}
