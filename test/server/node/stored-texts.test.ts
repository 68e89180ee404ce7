import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { StoredTexts } from '../../../server/node/stored-texts.ts';

function folder(): string {
  const root = mkdtempSync(join(tmpdir(), 'kms-lens-stored-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  return root;
}

function file(text: string | Uint8Array): string {
  const path = join(folder(), 'a.json');
  writeFileSync(path, text);
  return pathToFileURL(path).href;
}

/** A disk that takes so many milliseconds for each file, and how many were read while all else waited. */
function disk(...milliseconds: readonly number[]) {
  let time = 0;
  let asked = 0;
  let atOnce = 0;
  const texts = new StoredTexts({
    now: () => {
      time += asked++ % 2 === 0 ? 0 : (milliseconds[atOnce - 1] ?? 0);
      return time;
    },
    onRead: () => {
      atOnce += 1;
    },
  });
  return { texts, atOnce: () => atOnce };
}

const MOST = 100;

for (const [name, { texts }] of [
  ['at once', disk()],
  ['through the pool', disk(50)],
] as const) {
  test(`a file that is read ${name} has the text that is stored`, async () => {
    await texts.read(file('{}'), MOST);
    expect(await texts.read(file('{"Sid": "Schlüssel 🔑"}'), MOST)).toBe('{"Sid": "Schlüssel 🔑"}');
    expect(await texts.read(file(''), MOST)).toBe('');
    expect(await texts.read(file('x'.repeat(MOST)), MOST)).toBe('x'.repeat(MOST));
    expect(await texts.read(file(new Uint8Array([0xff, 0x41])), MOST)).toBe('\ufffdA');
  });

  test(`what is no file, or a longer one, is not read ${name}`, async () => {
    await texts.read(file('{}'), MOST);
    expect(await texts.read(file('x'.repeat(MOST + 1)), MOST)).toBeUndefined();
    expect(await texts.read(pathToFileURL(join(folder(), 'missing.json')).href, MOST)).toBeUndefined();
    expect(await texts.read(pathToFileURL(folder()).href, MOST)).toBeUndefined();
    expect(await texts.read('untitled:a', MOST)).toBeUndefined();
  });
}

test('a longer bound than before', async () => {
  const { texts } = disk();
  await texts.read(file('{}'), 2);
  expect(await texts.read(file('x'.repeat(MOST)), MOST)).toBe('x'.repeat(MOST));
  expect(await texts.read(file('{}'), 2)).toBe('{}');
});

test('a disk that takes its time is asked through the pool, and tried again later', async () => {
  const { texts, atOnce } = disk(0, 0, 5, 0);
  const uri = file('{}');
  const read = async (times: number) => {
    for (let i = 0; i < times; i++) expect(await texts.read(uri, MOST)).toBe('{}');
    return atOnce();
  };
  expect(await read(2)).toBe(2);
  expect(await read(1)).toBe(3);
  expect(await read(64)).toBe(3);
  expect(await read(10)).toBe(13);
});

test.skipIf(process.platform === 'win32')('a pipe that nobody writes to keeps nobody waiting', async () => {
  const path = join(folder(), 'pipe.json');
  execFileSync('mkfifo', [path]);
  for (const { texts } of [disk(), disk(50)]) {
    await texts.read(file('{}'), MOST);
    expect((await texts.read(pathToFileURL(path).href, MOST)) ?? '').toBe('');
  }
});
