import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { kindOfName } from '../../server/documents/kinds.ts';
import { clients } from '../server/clients/index.ts';
import { lsp4ij } from '../server/clients/lsp4ij.ts';
import { plain } from '../server/clients/plain.ts';
import { root } from './sources.ts';

/** The configurations of other editors: what they say of files and settings is what there is. */
const read = (name: string): string => readFileSync(`${root}${name}`, 'utf8');
const page = read('docs/editors.md');
const manifest = JSON.parse(read('package.json'));

const patterns: Record<string, string[]> = Object.fromEntries(
  manifest.contributes.languages
    .filter(({ id }: { id: string }) => id !== 'kms-lens-report')
    .map(({ id, extensions = [], filenames = [] }: { id: string; extensions?: string[]; filenames?: string[] }) => [
      id,
      [...extensions.map((extension) => `*${extension}`), ...filenames],
    ]),
);

const blocks = (language: string): string[] =>
  [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].flatMap(([, found, text = '']) =>
    found === language ? [text] : [],
  );

test('the template for LSP4IJ has every pattern of file names with its language', () => {
  const { fileTypeMappings, programArgs } = JSON.parse(read('docs/editors/lsp4ij/template.json'));
  const mapped = fileTypeMappings.map(
    ({ fileType, languageId }: { fileType: { patterns: string[] }; languageId: string }) => [
      languageId,
      fileType.patterns,
    ],
  );
  expect(Object.fromEntries(mapped)).toEqual(patterns);
  for (const command of Object.values(programArgs)) expect(command).toContain('kms-lens lsp --stdio');
});

test('the mode for Emacs takes every pattern of file names, and no other JSON', () => {
  const expressions = [...page.matchAll(/"([^"\n]*\\\\\.json\\\\')"/g)].map(([, text = '']) => fromEmacs(text));
  expect(expressions.length).toBe(2);
  const takes = (path: string): boolean => expressions.some((each) => each.test(path));
  for (const pattern of Object.values(patterns).flat())
    expect(takes(`/folder/${pattern.replace('*', 'orders')}`), pattern).toBe(true);
  for (const name of ['policy.json', 'package.json', 'my-key-policy.json']) {
    expect(kindOfName(name)).toBeUndefined();
    expect(takes(`/folder/${name}`), name).toBe(false);
  }
});

test('every setting in a configuration is one of the extension', () => {
  const known = manifest.contributes.configuration.flatMap(({ properties }: { properties: object }) =>
    Object.keys(properties),
  );
  const named = new Set([
    ...[...page.matchAll(/"(kms-lens\.[\w.]+)"/g)].map(([, name]) => name),
    ...blocks('json').flatMap((text) => settingsIn(JSON.parse(text))),
  ]);
  expect(named.size).toBeGreaterThan(0);
  for (const name of named) expect(known).toContain(name);
});

describe('the page', () => {
  test('has a part for every editor that is tested', () => {
    const parts = [...page.matchAll(/^##+ (.*)$/gm)].map(([, heading = '']) => heading);
    const tested = clients.filter((client) => client !== plain && client !== lsp4ij);
    for (const { name } of tested)
      expect(
        parts.some((part) => name.includes(part)),
        name,
      ).toBe(true);
    expect(page).toContain(lsp4ij.name);
  });

  test('starts the server in each configuration', () => {
    for (const language of ['lua', 'toml']) expect(blocks(language).join()).toMatch(/lsp["'],\s*["']--stdio/);
    expect(
      blocks('elisp')
        .join()
        .match(/"kms-lens" "lsp" "--stdio"/g),
    ).toHaveLength(2);
    expect(read('docs/editors/zed/src/lib.rs')).toContain('"--stdio"');
    expect(existsSync(`${root}docs/editors/zed/extension.toml`)).toBe(true);
  });
});

/** Of `{ "kms-lens": { "region": … } }` at any depth, the names with the section in front. */
function settingsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'kms-lens' && !('binary' in member || 'command' in member || 'settings' in member)
      ? Object.keys(member).map((each) => `kms-lens.${each}`)
      : settingsIn(member),
  );
}

/** An Emacs regular expression as Lisp writes it in a string. */
function fromEmacs(text: string): RegExp {
  const expression = text.replaceAll('\\\\', '\\');
  return new RegExp(expression.replace(/\\'$/, '$').replace(/\\([(|)])/g, '$1'));
}
