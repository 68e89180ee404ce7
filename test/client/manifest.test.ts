import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { allCommands, contextKey } from '../../client/commandIds.ts';
import { JSON_LANGUAGES, KMS_LANGUAGES } from '../../client/languages.ts';
import manifest from '../../package.json' with { type: 'json' };
import { kindOfName, languageIds } from '../../server/documents/kinds.ts';
import { CONFIG_NAME } from '../../server/protocol.ts';
import { defaultSettings, readSettings } from '../../server/settings.ts';

const { contributes } = manifest;
/** Our own; the other entries give VS Code's languages a file name. */
const languages = contributes.languages.filter((language) => 'icon' in language);
const root = new URL('../../', import.meta.url);

describe('commands', () => {
  test('every command of the client is in the manifest, and no other', () => {
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual([...allCommands].sort());
  });

  test('each has its category, and the palette says when it is of use', () => {
    expect(contributes.commands.every(({ category }) => category === 'KMS Lens')).toBe(true);
    expect(contributes.menus.commandPalette.map(({ command }) => command).sort()).toEqual([...allCommands].sort());
  });

  test('when clauses and steps of the walkthrough name the context keys that are set', () => {
    const clauses = [
      ...Object.values(contributes.menus).flatMap((items) => items.map(({ when }) => when)),
      ...contributes.walkthroughs
        .flatMap(({ steps }) => steps.flatMap(({ completionEvents }) => completionEvents))
        .filter((event) => event.startsWith('onContext:')),
    ];
    const named = clauses.flatMap((clause) => clause.replace(/view == [\w.-]+/, '').match(/kms-lens\.\w+/g) ?? []);
    expect([...new Set(named)].sort()).toEqual(Object.values(contextKey).sort());
  });
});

describe('languages', () => {
  test('are those of the client and the server, and that of reports', () => {
    const ids = languages.map(({ id }) => id);
    expect(ids).toEqual([...KMS_LANGUAGES.map(({ id }) => id), 'kms-lens-report']);
    expect(KMS_LANGUAGES.map(({ id }) => id).sort()).toEqual(Object.keys(languageIds).sort());
  });

  test('are bound to the names that the server knows', () => {
    for (const language of languages.filter(({ id }) => id in languageIds)) {
      const names = [
        ...('extensions' in language ? language.extensions.map((extension) => `orders${extension}`) : []),
        ...('filenames' in language ? language.filenames : []),
      ];
      expect(names.length).toBeGreaterThan(0);
      for (const name of names) expect(kindOfName(String(name)), name).toBe(languageIds[language.id]);
    }
  });

  test('the configuration may have comments', () => {
    const others = contributes.languages.filter((language) => !('icon' in language));
    expect(others).toEqual([{ id: 'jsonc', filenames: [CONFIG_NAME] }]);
  });

  test('have colours and brackets', () => {
    const coloured = contributes.grammars.map(({ language }) => language);
    expect(coloured.sort()).toEqual(languages.map(({ id }) => id).sort());
    for (const { path } of contributes.grammars) expect(() => JSON.parse(read(path))).not.toThrow();
    for (const language of languages) {
      if (language.configuration) expect(() => JSON.parse(read(language.configuration))).not.toThrow();
    }
  });

  test('take part in the JSON service, but for the one with comments, which it would report as errors', () => {
    const participants = contributes.jsonLanguageParticipants.map(({ languageId }) => languageId);
    expect(participants).toEqual(KMS_LANGUAGES.map(({ id }) => id).filter((id) => id !== 'kms-scenario'));
    expect(participants.some((id) => JSON_LANGUAGES.includes(id))).toBe(false);
  });

  test('bind a schema that says nothing to what the JSON service serves, so that it proposes nothing there', () => {
    const served = contributes.languages.filter(({ id }) =>
      contributes.jsonLanguageParticipants.some(({ languageId }) => languageId === id),
    );
    const names = served.flatMap((language) => [
      ...(language.extensions ?? []).map((extension) => `*${extension}`),
      ...('filenames' in language ? (language.filenames ?? []) : []),
    ]);
    expect(contributes.jsonValidation.flatMap(({ fileMatch }) => fileMatch).sort()).toEqual(names.sort());
    for (const { url } of contributes.jsonValidation) expect(Object.keys(JSON.parse(read(url)))).toEqual(['$comment']);
  });
});

describe('settings', () => {
  const properties = new Map(contributes.configuration.flatMap((section) => Object.entries(section.properties)));

  test('have the defaults that the server has', () => {
    const values = {};
    for (const [name, { default: value }] of properties) assign(values, name.split('.').slice(1), value);
    expect(readSettings(values)).toEqual(defaultSettings);
  });

  test('are all explained', () => {
    for (const [name, property] of properties) expect([name, property.markdownDescription]).not.toContain('');
  });
});

test('a colour for each verdict in each kind of theme', () => {
  expect(contributes.colors.map(({ id }) => id)).toEqual([
    'kmsLens.allowedForeground',
    'kmsLens.deniedForeground',
    'kmsLens.dependsForeground',
  ]);
  for (const { defaults } of contributes.colors) {
    expect(Object.keys(defaults).sort()).toEqual(['dark', 'highContrast', 'highContrastLight', 'light']);
  }
});

describe('the walkthrough and the welcome views', () => {
  const walkthroughs = contributes.walkthroughs.flatMap(({ steps }) => steps);
  const texts = [
    ...walkthroughs.map(({ description }) => description),
    ...contributes.viewsWelcome.map(({ contents }) => contents),
  ];

  test('lead to commands that there are', () => {
    const links = texts.flatMap((text) => [...text.matchAll(/\(command:([^?)]+)(?:\?([^)]+))?\)/g)]);
    expect(links.length).toBeGreaterThan(6);
    for (const [, command = '', argument] of links) {
      expect([...allCommands, 'editor.action.showHover', 'workbench.action.openWalkthrough']).toContain(command);
      if (argument) expect(() => JSON.parse(decodeURIComponent(argument))).not.toThrow();
    }
    const known = walkthroughs.flatMap(({ completionEvents }) => completionEvents);
    const keys = Object.values(contextKey).join('|');
    const events = new RegExp(`^onCommand:(kms-lens|editor)\\.|^onLanguage:kms-key-policy$|^onContext:(${keys})$`);
    for (const event of known) expect(event).toMatch(events);
  });

  test('show what is packaged', () => {
    const packaged = read('.vscodeignore');
    for (const { media } of walkthroughs) expect(read(media.markdown).length).toBeGreaterThan(100);
    expect(packaged).toContain('!media/walkthrough/*.md\n');
  });

  test('open examples that there are', () => {
    const named = [...read('client/examples.ts').matchAll(/file: '(.+)'/g)].map(([, name]) => name ?? '');
    expect(named.length).toBeGreaterThan(3);
    for (const name of named) expect(() => read(`examples/${name}`)).not.toThrow();
    const asked = texts.flatMap((text) => [...decodeURIComponent(text).matchAll(/"example":"(.+?)"/g)]);
    for (const [, example = ''] of asked) expect(named.some((name) => name.startsWith(`${example}.`))).toBe(true);
    expect(asked.length).toBeGreaterThan(3);
  });
});

test('files that the manifest names are packaged', () => {
  const packaged = read('.vscodeignore');
  for (const path of [manifest.main, manifest.icon, ...languages.flatMap(({ icon }) => (icon ? [icon.light] : []))]) {
    const name = path.replace(/^\.\//, '').replace(/-(?:light|dark)\.svg$/, '-*.svg');
    expect(packaged).toContain(`!${name}\n`);
  }
});

/** VS Code offers those anywhere, inside strings too; the server offers ours where they fit. */
test('there are no snippets that know no place', () => {
  expect(contributes).not.toHaveProperty('snippets');
});

function read(path: string): string {
  return readFileSync(fileURLToPath(new URL(path, root)), 'utf8');
}

function assign(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    into[name] = value;
    return;
  }
  const inner = {};
  into[name] ??= inner;
  const next = into[name];
  if (typeof next === 'object' && next !== null) assign(next as Record<string, unknown>, rest, value);
}
