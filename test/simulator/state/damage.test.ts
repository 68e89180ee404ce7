import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StateStore } from '../../../simulator/state/store.ts';
import { KEY, MemoryFiles, openStore } from './memory.ts';

const put = (store: StateStore, id: string, text: string): Promise<void> =>
  store.commit({ at: 1, put: [[id, text]], drop: [] });

/** A state with records that were all acknowledged, in a snapshot and a journal. */
async function written(count = 5): Promise<MemoryFiles> {
  const files = new MemoryFiles();
  const first = await openStore(files);
  await put(first, 'key a', 'in the snapshot');
  await first.close();
  const store = await openStore(files);
  for (let index = 0; index < count; index++) await put(store, `key ${index}`, `record ${index}`);
  return files;
}

/** Where the records of a journal begin and end. */
function recordsIn(journal: Buffer): { readonly start: number; readonly end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let at = HEADER; at < journal.length; ) {
    const end = at + 4 + 12 + journal.readUInt32BE(at) + 16;
    found.push({ start: at, end });
    at = end;
  }
  return found;
}

const HEADER = 60;
const HEAD = { start: 20, end: HEADER };

/** What is said where it cannot be opened; then nothing may have been changed. */
async function refusal(files: MemoryFiles, key?: Uint8Array): Promise<string> {
  const before = files.copy().contents;
  const error = await openStore(files, key).then(
    () => undefined,
    (each: Error) => each,
  );
  if (!error) return 'opened';
  expect(files.contents).toEqual(before);
  return `${error.name}: ${error.message}`;
}

const values = (store: StateStore): Record<string, string> => Object.fromEntries(store.records);

test('what was committed is there, in whatever file it lies', async () => {
  const files = await written(2);
  expect(values(await openStore(files))).toEqual({
    'key a': 'in the snapshot',
    'key 0': 'record 0',
    'key 1': 'record 1',
  });
});

test('nothing of it can be read without the key', async () => {
  const all = Buffer.concat([...(await written()).contents.values()]).toString('latin1');
  for (const text of ['record', 'snapshot.', 'key a', 'put']) expect(all).not.toContain(text);
  expect(await refusal(await written(), randomBytes(32))).toMatch(
    /^StateError: `state\/snapshot` was sealed under another key$/,
  );
});

describe('a record that was torn', () => {
  /** The last record is written, and its head is not: nobody was answered. */
  async function torn(): Promise<{ files: MemoryFiles; last: { start: number; end: number } }> {
    const files = await written(3);
    const head = Buffer.from(files.bytes(files.journal).subarray(HEAD.start, HEAD.end));
    const store = await openStore(files);
    await put(store, 'key 3', 'never acknowledged');
    const journal = files.bytes(files.journal);
    journal.set(head, HEAD.start);
    const last = recordsIn(journal).at(-1);
    if (!last) throw new Error('no record');
    return { files: files.with(files.journal, journal), last };
  }

  test('is dropped with a note at every length, and the store goes on', async () => {
    const { files, last } = await torn();
    const journal = files.bytes(files.journal);
    for (let length = last.start; length < last.end; length++) {
      const copy = files.with(files.journal, journal.subarray(0, length));
      const store = await openStore(copy);
      expect(Object.keys(values(store))).toEqual(['key a', 'key 0', 'key 1', 'key 2']);
      expect(copy.bytes(copy.journal)).toHaveLength(last.start);
      await put(store, 'key 4', 'later');
      expect(values(await openStore(copy))['key 4']).toBe('later');
    }
  });

  test('is kept where it is whole', async () => {
    const { files } = await torn();
    expect(values(await openStore(files))['key 3']).toBe('never acknowledged');
  });

  test.each([0, 10, 20, 40])('is dropped where byte %i of it was not written', async (offset) => {
    const { files, last } = await torn();
    const journal = Buffer.from(files.bytes(files.journal));
    journal.fill(0, last.start + offset);
    expect(values(await openStore(files.with(files.journal, journal)))['key 3']).toBeUndefined();
  });
});

describe('what was acknowledged and is damaged is reported', () => {
  test('a journal that was cut anywhere', async () => {
    const files = await written();
    const journal = files.bytes(files.journal);
    for (let length = 0; length < journal.length; length++)
      expect(await refusal(files.with(files.journal, journal.subarray(0, length))), `${length}`).toMatch(
        /^StateError: `state\/journal\.2` (is|was) cut/,
      );
  });

  test('a snapshot that was cut or lengthened', async () => {
    const files = await written();
    const snapshot = files.bytes('snapshot');
    for (let length = 0; length < snapshot.length; length++)
      expect(await refusal(files.with('snapshot', snapshot.subarray(0, length))), `${length}`).toMatch(
        /^StateError: `state\/snapshot` (is|was) cut/,
      );
    expect(await refusal(files.with('snapshot', Buffer.concat([snapshot, Buffer.of(0)])))).toMatch(/cut or lengthened/);
  });

  test('any bit that was flipped', async () => {
    const files = await written();
    const names = ['snapshot', files.journal];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.nat(7), async (name, place, bit) => {
        const bytes = Buffer.from(files.bytes(name));
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit);
        expect(await refusal(files.with(name, bytes)), `${name} ${at}`).toContain(`StateError: \`state/${name}\` `);
      }),
      { numRuns: 1500 },
    );
  });

  test('records that were reordered, repeated or removed', async () => {
    const files = await written();
    const journal = files.bytes(files.journal);
    const records = recordsIn(journal).map(({ start, end }) => journal.subarray(start, end));
    const header = journal.subarray(0, HEADER);
    const [a, b, c, d, e] = records;
    if (!a || !b || !c || !d || !e) throw new Error('too few records');
    for (const list of [
      [b, a, c, d, e],
      [a, b, d, c, e],
      [a, a, b, c, d, e],
      [b, c, d, e],
      [a, b, d, e],
      [a, b, c, e],
      [a, b, c, d],
      [],
    ])
      expect(await refusal(files.with(files.journal, Buffer.concat([header, ...list])))).toMatch(
        /^StateError: `state\/journal\.2` was (altered, reordered or lacks a record|cut) at byte \d+/,
      );
  });

  test('the place of the damage', async () => {
    const files = await written();
    const journal = Buffer.from(files.bytes(files.journal));
    const { start } = recordsIn(journal)[2] ?? { start: 0 };
    journal[start + 20] = (journal[start + 20] ?? 0) ^ 1;
    expect(await refusal(files.with(files.journal, journal))).toBe(
      `StateError: \`state/journal.2\` was altered, reordered or lacks a record at byte ${start}, in record 3 of 5`,
    );
  });

  test.each(['snapshot', 'journal.2'])('a later version of %s', async (name) => {
    const files = await written();
    const bytes = Buffer.from(files.bytes(name));
    bytes.writeUInt32BE(2, 8);
    expect(await refusal(files.with(name, bytes))).toBe(
      `StateError: \`state/${name}\` has version 2 of the format, which this version of KMS Lens does not know`,
    );
  });

  test('a file that is missing, or belongs to another state', async () => {
    const files = await written();
    for (const name of ['snapshot', 'journal.2']) {
      const copy = files.copy();
      copy.contents.delete(name);
      expect(await refusal(copy)).toMatch(new RegExp(`^StateError: \`state/${name}\` is missing`));
    }
    const other = await written();
    expect(await refusal(files.with('journal.2', other.bytes('journal.2')))).toMatch(/altered in its header/);
    const later = files.copy();
    later.contents.set('journal.9', files.bytes('journal.2'));
    expect(await refusal(later)).toMatch(/^StateError: `state\/snapshot` is older than `state\/journal.9`/);
  });

  test('a folder that holds other things', async () => {
    expect(await refusal(new MemoryFiles([['letter.txt', KEY]]))).toBe(
      'StateError: `state/letter.txt` is no part of a state of KMS Lens',
    );
  });
});

describe('a disk that fails', () => {
  test.each(['append', 'sync'])('at %s refuses what was to be written, and goes on once it works', async (what) => {
    const files = await written();
    const store = await openStore(files);
    const failures: unknown[] = [];
    store.onFailed = (error) => void failures.push(error);
    const full = new Error('no space left');
    for (let after = 0; after < 3; after++) {
      let count = 0;
      files.fault = (each) => (each === what && count++ >= after ? full : undefined);
      const outcome = await put(store, `key lost ${after}`, 'never').then(() => 'written', String);
      if (after < 2 && what === 'append') expect(outcome).toBe('Error: no space left');
      if (after === 0) expect(outcome).toBe('Error: no space left');
      files.fault = () => undefined;
      await put(store, `key ok ${after}`, 'there');
      const read = values(await openStore(files.copy()));
      expect(read).toEqual(values(store));
      expect(`key lost ${after}` in read).toBe(outcome === 'written');
    }
    expect(failures.length).toBeGreaterThan(0);
  });

  test('wherever a compaction breaks off, all is there', async () => {
    const big = 'x'.repeat(1024 * 1024);
    for (let after = 0; after < 12; after++) {
      const files = await written();
      const store = await openStore(files);
      let count = 0;
      let isCompacting = false;
      files.fault = (what) => {
        if (what === 'write') isCompacting = true;
        return isCompacting && count++ >= after ? new Error('no space left') : undefined;
      };
      const outcomes: string[] = [];
      for (let index = 0; index < 7; index++)
        outcomes.push(await put(store, `key big ${index}`, big).then(() => 'written', String));
      files.fault = () => undefined;
      const read = values(await openStore(files.copy()));
      // What was refused may be there where the disk failed before it could be taken back; nobody was told that it is.
      for (const [index, outcome] of outcomes.entries())
        if (outcome === 'written') expect(read, `${after}`).toHaveProperty(`key big ${index}`);
      await put(store, 'key last', 'there');
      expect(values(await openStore(files))).toEqual(values(store));
    }
  });

  test('wherever the first start breaks off, the next one begins', async () => {
    for (let after = 0; after < 6; after++) {
      const files = new MemoryFiles();
      let count = 0;
      files.fault = () => (count++ === after ? new Error('no space left') : undefined);
      await openStore(files).catch(() => undefined);
      files.fault = () => undefined;
      expect(values(await openStore(files))).toEqual({});
    }
  });
});

test('what comes while something is written is written together, in order', async () => {
  const files = new MemoryFiles();
  const store = await openStore(files);
  await Promise.all(Array.from({ length: 100 }, (_, index) => put(store, `key ${index % 10}`, `${index}`)));
  expect(recordsIn(files.bytes(files.journal)).length).toBeLessThan(5);
  expect(values(await openStore(files))).toEqual(
    Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`key ${index}`, `${90 + index}`])),
  );
});
