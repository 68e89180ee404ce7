import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { FoundFiles, findJsonFiles } from '../../../server/node/find-files.ts';

function folder(...files: readonly string[]): string {
  const root = mkdtempSync(join(tmpdir(), 'kms-lens-find-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '{}');
  }
  return root;
}

test('JSON files, level by level, but not those of others', async () => {
  const root = folder(
    'z.json',
    'a/b/deep.json',
    'a/near.JSONC',
    'a/text.md',
    'node_modules/x/package.json',
    '.git/config.json',
    'a/node_modules/x.json',
  );
  expect(await findJsonFiles(root)).toEqual(['z.json', 'a/near.JSONC', 'a/b/deep.json']);
});

test('links lead nowhere', async () => {
  const root = folder('a/x.json');
  symlinkSync(root, join(root, 'a', 'again'));
  expect(await findJsonFiles(root)).toEqual(['a/x.json']);
});

test('no more than asked for, of files and of what is looked at', async () => {
  const root = folder(
    ...Array.from({ length: 20 }, (_, index) => `f${String(index).padStart(2, '0')}.json`),
    'g/h.json',
  );
  expect(await findJsonFiles(root, { files: 3, entries: 100 })).toEqual(['f00.json', 'f01.json', 'f02.json']);
  expect(await findJsonFiles(root, { files: 100, entries: 5 })).toHaveLength(5);
});

test('a folder that is not there has nothing in it', async () => {
  expect(await findJsonFiles('/no/such/folder')).toEqual([]);
});

test('what was found counts for some seconds', async () => {
  let now = 0;
  let times = 0;
  const files = new FoundFiles(
    async () => [`${++times}.json`],
    () => now,
  );
  expect(await files.in('a')).toEqual(['1.json']);
  now = 4000;
  expect(await files.in('a')).toEqual(['1.json']);
  expect(await files.in('b')).toEqual(['2.json']);
  now = 6000;
  expect(await files.in('a')).toEqual(['3.json']);
  for (let each = 0; each < 50; each++) await files.in(`c${each}`);
  expect(times).toBe(53);
});
