import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from './sources.ts';

const { packVsix, publishedFiles } = await import(new URL('../../scripts/package/vsix.mjs', import.meta.url).href);
const folder = mkdtempSync(join(tmpdir(), 'kms-lens-package-'));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the extension as it is published', () => {
  const file = join(folder, 'kms-lens.vsix');
  let listed: string[] = [];

  beforeAll(async () => {
    await packVsix(file);
    listed = publishedFiles().sort();
    // Searching for the densest form takes a minute of computing, and more beside other work.
  }, 600_000);

  /** What an editor loads at its start is measured in `bench/`; this is what everybody downloads with each version. */
  test('is smaller than 740 kB, of which practice questions and their proofs are 55, and the local KMS 30', () => {
    expect(statSync(file).size).toBeLessThan(740_000);
  });

  test('holds what it needs and nothing else', () => {
    const referred: string[] = [
      manifest.icon,
      ...manifest.contributes.grammars.map(({ path }: { path: string }) => path),
      ...manifest.contributes.languages.flatMap(
        ({ configuration, icon }: { configuration?: string; icon?: { light: string; dark: string } }) => [
          ...(configuration ? [configuration] : []),
          ...(icon ? [icon.light, icon.dark] : []),
        ],
      ),
      ...(manifest.contributes.snippets ?? []).map(({ path }: { path: string }) => path),
      ...manifest.contributes.jsonValidation.map(({ url }: { url: string }) => url),
      ...manifest.contributes.walkthroughs.flatMap(({ steps }: { steps: { media: { markdown: string } }[] }) =>
        steps.map(({ media }) => media.markdown),
      ),
    ];
    const expected = [
      'package.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
      'dist/THIRD-PARTY-NOTICES.txt',
      ...[
        'extension.js',
        'client.js',
        'server.js',
        'runner.js',
        'core.js',
        'cryptography.js',
        'examples.js',
        'library.js',
        'local-kms.js',
        'pages.js',
        'questions.js',
        'serve.js',
      ].map((name) => `dist/${name}`),
      ...referred.map((path) => path.replace(/^\.\//, '')),
    ];
    expect(listed).toEqual([...new Set(expected)].sort());
  });
});

describe('the npm package', () => {
  let files: string[] = [];

  beforeAll(() => {
    const npm = process.env['npm_execpath'];
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const options: ExecFileSyncOptionsWithStringEncoding = {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    };
    const output = npm?.endsWith('.js')
      ? execFileSync(process.execPath, [npm, ...args], options)
      : execFileSync('npm', args, { ...options, shell: process.platform === 'win32' });
    const [pack] = JSON.parse(output);
    files = pack.files.map(({ path }: { path: string }) => path);
    execFileSync('tar', ['-xzf', join(folder, pack.filename), '-C', folder]);
  });

  test('holds the command line, the server, the schemas and the pages of the rules', () => {
    const other = files.filter((path) => !path.startsWith('docs/rules/'));
    expect(other.sort()).toEqual(
      [
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist/THIRD-PARTY-NOTICES-CLI.txt',
        'dist/THIRD-PARTY-NOTICES.txt',
        ...[
          'call.js',
          'cli.js',
          'server.js',
          'runner.js',
          'core.js',
          'cryptography.js',
          'examples.js',
          'library.js',
          'pages.js',
          'questions.js',
          'serve.js',
        ].map((name) => `dist/${name}`),
        'package.json',
        'schemas/kms-lens.schema.json',
        'schemas/kms-scenario.schema.json',
      ].sort(),
    );
    expect(files.length).toBeGreaterThan(other.length);
  });

  test('runs by itself, without a single dependency installed', () => {
    expect(manifest.dependencies).toBeUndefined();
    const run = (...args: readonly string[]): string =>
      execFileSync(process.execPath, [join(folder, 'package/dist/cli.js'), ...args], { cwd: root, encoding: 'utf8' });
    expect(run('--version')).toBe(`${manifest.version}\n`);
    expect(run('check', 'examples/orders.key-policy.json')).toContain('no findings');
  });

  test.skipIf(process.platform === 'win32')('runs as the program that npm links', () => {
    const link = join(folder, 'kms-lens');
    symlinkSync(join(folder, 'package', manifest.bin['kms-lens']), link);
    expect(execFileSync(link, ['explain', 'kms:Decrypt'], { cwd: folder, encoding: 'utf8' })).toContain('kms:Decrypt');
  });
});
