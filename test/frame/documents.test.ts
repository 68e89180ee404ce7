import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './sources.ts';

const read = (name: string): string => readFileSync(`${root}${name}`, 'utf8');
const manifest = JSON.parse(read('package.json'));
const pages = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'examples/README.md',
  ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
    .map((name) => `docs/${name.replaceAll('\\', '/')}`)
    .filter((name) => name.endsWith('.md')),
];

describe('the README', () => {
  const readme = read('README.md');

  test('has the two commands of the set-up, and no third', () => {
    const [, setUp = ''] = /\n## Set-up\n(.*?)\n## /s.exec(readme) ?? [];
    expect([...setUp.matchAll(/```sh\n(.*?)\n```/gs)].map(([, command]) => command)).toEqual([
      'npm ci && npm start',
      'npm ci && npm test',
    ]);
  });

  test('names every setting with its default', () => {
    const settings: [string, { default: unknown }][] = manifest.contributes.configuration.flatMap(
      ({ properties }: { properties: Record<string, { default: unknown }> }) => Object.entries(properties),
    );
    expect(settings.length).toBeGreaterThan(3);
    for (const [name, { default: value }] of settings) {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      expect(readme).toContain(text === '' ? `| \`${name}\` | |` : `| \`${name}\` | \`${text}\` |`);
    }
  });

  test('names every command of the palette', () => {
    for (const { command, title } of manifest.contributes.commands) {
      const hidden = manifest.contributes.menus.commandPalette.some(
        (item: { command: string; when: string }) => item.command === command && item.when === 'false',
      );
      if (!hidden) expect(readme).toContain(title);
    }
  });

  test('names every pattern of file names', () => {
    const languages: { id: string; extensions?: string[]; filenames?: string[] }[] = manifest.contributes.languages;
    for (const { id, extensions = [], filenames = [] } of languages) {
      if (id === 'kms-lens-report') continue;
      for (const extension of extensions) expect(readme).toContain(`\`*${extension}\``);
      for (const name of filenames) expect(readme).toContain(`\`${name}\``);
    }
  });
});

test.each(pages)('the links of %s lead somewhere', (page) => {
  const links = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
  for (const target of links.filter((each) => !/^https?:/.test(each))) {
    const [path = '', anchor] = target.split('#');
    const file = path === '' ? page : join(dirname(page), path);
    expect(existsSync(`${root}${file}`), `${page} → ${target}`).toBe(true);
    if (anchor) expect(anchorsOf(read(file)), `${page} → ${target}`).toContain(anchor);
  }
});

test('the examples that the README of the examples names are all there, and no others', () => {
  const named = [...read('examples/README.md').matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name);
  const files = readdirSync(`${root}examples`).filter((name) => name !== 'README.md');
  expect(named.sort()).toEqual(files.sort());
});

function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}
