import { damaged, StateError } from './errors.ts';
import type { StateFile, StateFiles } from './files.ts';
import { HEAD_AT, HEADER_BYTES, JournalFormat, type Link } from './journal.ts';
import { openSnapshot, sealSnapshot } from './snapshot.ts';

const SNAPSHOT = 'snapshot';
const NEW_SNAPSHOT = 'snapshot.new';
const journalOf = (generation: bigint): string => `journal.${generation}`;
const JOURNAL = /^journal\.(\d{1,19})$/;

export const isStateFile = (name: string): boolean => name === SNAPSHOT || JOURNAL.test(name);

/** Records that change together: after a crash all of them have, or none. */
export interface Batch {
  /** The time of the world, in milliseconds since 1970. */
  readonly at: number;
  /** What was there before is gone. */
  readonly isReset?: boolean;
  readonly put: readonly (readonly [id: string, text: string])[];
  readonly drop: readonly string[];
}

export interface StoreOptions {
  readonly wrappingKey: Uint8Array;
  /** Names that the folder may hold besides. */
  readonly ignore?: (name: string) => boolean;
  /** Told what a reader of the output should know. */
  readonly onNote?: (text: string) => void;
}

/** The journal is written into a new snapshot once it is larger than this, and than the snapshot. */
const MOST_JOURNAL = 1024 * 1024;

interface Queued {
  readonly batch: Batch;
  resolve(): void;
  reject(error: unknown): void;
}

/** Records by their ids, as texts, in a folder. What is committed survives whatever happens to the process. */
export class StateStore {
  /** Told at once where a batch, and with it each that waited, could not be written: `records` is what is there. */
  onFailed: (error: unknown) => void = () => undefined;
  /** Told where something was written. */
  onWritten: () => void = () => undefined;
  private readonly files: StateFiles;
  private readonly wrappingKey: Uint8Array;
  private readonly committed: Map<string, string>;
  /** What waits to be written; undefined for what is dropped. */
  private readonly ahead = new Map<string, { readonly text: string | undefined; readonly batch: Batch }>();
  private queue: Queued[] = [];
  private working: Promise<void> | undefined;
  private format: JournalFormat;
  private generation: bigint;
  private file: StateFile;
  private link: Link;
  private length: number;
  private snapshotLength: number;
  private lastAt: number;
  /** Of a record that failed something may lie behind the end. */
  private mustCut = false;
  private mustFlushFolder = false;

  private constructor(opened: Opened) {
    this.files = opened.files;
    this.wrappingKey = opened.wrappingKey;
    this.committed = opened.records;
    this.format = opened.format;
    this.generation = opened.generation;
    this.file = opened.file;
    this.link = opened.link;
    this.length = opened.length;
    this.snapshotLength = opened.snapshotLength;
    this.lastAt = opened.at;
  }

  /** Reads all there is, or begins where there is nothing. @throws {StateError} and leaves everything as it is */
  static async open(
    files: StateFiles,
    { wrappingKey, ignore = () => false, onNote }: StoreOptions,
  ): Promise<StateStore> {
    const names = (await files.list()).filter((name) => !ignore(name));
    const opened = names.includes(SNAPSHOT)
      ? await openFiles(files, wrappingKey, names, onNote)
      : await newFiles(files, wrappingKey, names);
    return new StateStore(opened);
  }

  /** What is on the disk. */
  get records(): ReadonlyMap<string, string> {
    return this.committed;
  }

  /** The latest time of the world that is known. */
  get at(): number {
    return this.lastAt;
  }

  /** The text of a record as it will be once all is written. */
  latest(id: string): string | undefined {
    const waiting = this.ahead.get(id);
    return waiting ? waiting.text : this.committed.get(id);
  }

  /** Resolves once it is on the disk. Those that come while one is written are written together. */
  commit(batch: Batch): Promise<void> {
    const done = new Promise<void>((resolve, reject) => {
      this.queue.push({ batch, resolve, reject });
    });
    if (batch.isReset)
      for (const id of [...this.committed.keys(), ...this.ahead.keys()]) this.ahead.set(id, { text: undefined, batch });
    for (const [id, text] of batch.put) this.ahead.set(id, { text, batch });
    for (const id of batch.drop) this.ahead.set(id, { text: undefined, batch });
    this.working ??= this.work();
    return done;
  }

  /** Writes what waits and makes a snapshot of it; nothing is committed after that. */
  async close(): Promise<void> {
    await this.working;
    if (this.length > HEADER_BYTES) await this.compact().catch(() => undefined);
    await this.file.close();
  }

  private async work(): Promise<void> {
    // What comes in the same moment is written together.
    await Promise.resolve();
    while (this.queue.length > 0) {
      const queued = this.queue;
      this.queue = [];
      try {
        await this.write(queued.map(({ batch }) => batch));
      } catch (error) {
        const failed = [...queued, ...this.queue];
        this.queue = [];
        this.ahead.clear();
        this.onFailed(error);
        for (const { reject } of failed) reject(error);
        continue;
      }
      for (const { batch } of queued) this.apply(batch);
      this.onWritten();
      for (const { resolve } of queued) resolve();
      if (this.length > Math.max(MOST_JOURNAL, this.snapshotLength)) await this.compact().catch(() => undefined);
    }
    this.working = undefined;
  }

  private async write(batches: readonly Batch[]): Promise<void> {
    await this.mend();
    const { bytes, link } = this.format.record(this.link, Buffer.from(JSON.stringify(batches)));
    try {
      await this.file.write(bytes, this.length);
      await this.file.flush();
      await this.file.write(this.format.head(link.number), HEAD_AT);
    } catch (error) {
      this.mustCut = true;
      await this.mend().catch(() => undefined);
      throw error;
    }
    this.link = link;
    this.length += bytes.length;
  }

  /** Brings the files to where they should be after something failed. */
  private async mend(): Promise<void> {
    if (this.mustFlushFolder) await this.files.flush();
    this.mustFlushFolder = false;
    if (!this.mustCut) return;
    // Never a head without its record, wherever this is interrupted.
    await this.file.write(this.format.head(this.link.number), HEAD_AT);
    await this.file.flush();
    await this.file.cut(this.length);
    await this.file.flush();
    this.mustCut = false;
  }

  private apply(batch: Batch): void {
    applyBatch(this.committed, batch);
    this.lastAt = timeAfter(this.lastAt, batch);
    const ids = [...batch.put.map(([id]) => id), ...batch.drop];
    for (const id of ids) if (this.ahead.get(id)?.batch === batch) this.ahead.delete(id);
    if (!batch.isReset) return;
    for (const [id, waiting] of this.ahead) if (waiting.batch === batch) this.ahead.delete(id);
  }

  /** Goes on with a new snapshot and an empty journal. Where that fails, the old ones go on. */
  private async compact(): Promise<void> {
    const old = this.generation;
    const begun = await begin(this.files, this.wrappingKey, old + 1n, { at: this.lastAt, records: this.committed });
    const file = this.file;
    this.generation = old + 1n;
    this.format = begun.format;
    this.file = begun.file;
    this.link = begun.format.start;
    this.length = HEADER_BYTES;
    this.snapshotLength = begun.snapshotLength;
    this.mustCut = false;
    // Until the folder is flushed, a power failure would bring the old ones back: nothing more is acknowledged.
    this.mustFlushFolder = true;
    await file.close();
    await this.files.flush();
    this.mustFlushFolder = false;
    await this.files.remove(journalOf(old));
  }
}

interface Opened extends Begun {
  readonly files: StateFiles;
  readonly wrappingKey: Uint8Array;
  readonly generation: bigint;
  readonly records: Map<string, string>;
  readonly at: number;
  readonly link: Link;
  readonly length: number;
}

interface Begun {
  readonly format: JournalFormat;
  readonly file: StateFile;
  readonly snapshotLength: number;
}

/** Writes a snapshot with its empty journal, and puts it in the place of the one before. */
async function begin(
  files: StateFiles,
  wrappingKey: Uint8Array,
  number: bigint,
  contents: { readonly at: number; readonly records: Iterable<readonly [string, string]> },
): Promise<Begun> {
  const { bytes, generation } = sealSnapshot(wrappingKey, number, contents);
  const format = new JournalFormat(wrappingKey, generation);
  const journal = journalOf(number);
  await files.write(journal, format.header());
  const file = await files.open(journal);
  try {
    await files.write(NEW_SNAPSHOT, bytes);
    // The journal is there for good before the snapshot that names it.
    await files.flush();
    await files.rename(NEW_SNAPSHOT, SNAPSHOT);
  } catch (error) {
    await file.close();
    await files.remove(NEW_SNAPSHOT).catch(() => undefined);
    throw error;
  }
  return { format, file, snapshotLength: bytes.length };
}

async function openFiles(
  files: StateFiles,
  wrappingKey: Uint8Array,
  names: readonly string[],
  onNote: StoreOptions['onNote'],
): Promise<Opened> {
  const bytes = await files.read(SNAPSHOT);
  if (!bytes) throw damaged(files.shown(SNAPSHOT), 'is gone');
  const { generation, at, records } = openSnapshot(wrappingKey, files.shown(SNAPSHOT), bytes);
  const name = journalOf(generation.number);
  const journalBytes = await files.read(name);
  if (!journalBytes) throw damaged(files.shown(name), 'is missing: the snapshot goes on with it');
  const others = names.filter((other) => JOURNAL.test(other) && other !== name);
  for (const other of others) await assertOlder(files, other, generation.number);
  const format = new JournalFormat(wrappingKey, generation);
  const journal = format.read(files.shown(name), journalBytes);
  let latest = at;
  for (const record of journal.records) {
    for (const batch of JSON.parse(Buffer.from(record).toString()) as readonly Batch[]) {
      applyBatch(records, batch);
      latest = timeAfter(latest, batch);
    }
  }
  const file = await files.open(name);
  if (journal.torn > 0) {
    await file.cut(journal.length);
    await file.flush();
    onNote?.(
      `\`${files.shown(name)}\` ended with ${journal.torn} bytes of a change that was never acknowledged; they were dropped`,
    );
  }
  // What an interrupted compaction left.
  for (const other of [...others, ...names.filter((each) => each === NEW_SNAPSHOT)]) await files.remove(other);
  return {
    files,
    wrappingKey,
    generation: generation.number,
    records,
    at: latest,
    format,
    file,
    link: journal.link,
    length: journal.length,
    snapshotLength: bytes.length,
  };
}

async function newFiles(files: StateFiles, wrappingKey: Uint8Array, names: readonly string[]): Promise<Opened> {
  for (const name of names) await assertLeftover(files, name);
  const begun = await begin(files, wrappingKey, 1n, { at: 0, records: [] });
  await files.flush();
  const { start: link } = begun.format;
  const records = new Map<string, string>();
  return { ...begun, files, wrappingKey, generation: 1n, records, at: 0, link, length: HEADER_BYTES };
}

/** Of a first start that was interrupted an empty journal may be there; all else says that this is no new folder. */
async function assertLeftover(files: StateFiles, name: string): Promise<void> {
  if (name === NEW_SNAPSHOT) return;
  if (!JOURNAL.test(name))
    throw new StateError(
      `\`${files.shown(name)}\` is no part of a state of KMS Lens`,
      'name a folder that is empty or not there yet; nothing was changed',
    );
  const bytes = await files.read(name);
  if (name === journalOf(1n) && bytes && bytes.length <= HEADER_BYTES) return;
  throw damaged(files.shown(SNAPSHOT), `is missing: \`${files.shown(name)}\` goes on from it`);
}

/** A journal with records that is newer than the snapshot has lost its own. */
async function assertOlder(files: StateFiles, name: string, generation: bigint): Promise<void> {
  const number = BigInt(JOURNAL.exec(name)?.[1] ?? 0);
  const bytes = number > generation ? await files.read(name) : undefined;
  if (bytes && bytes.length > HEADER_BYTES)
    throw damaged(
      files.shown(SNAPSHOT),
      `is older than \`${files.shown(name)}\`: it is not the one that this goes on from`,
    );
}

/** Only a reset sets the time back. */
const timeAfter = (before: number, { at, isReset }: Batch): number => (isReset ? at : Math.max(before, at));

function applyBatch(records: Map<string, string>, { isReset, put, drop }: Batch): void {
  if (isReset) records.clear();
  for (const [id, text] of put) records.set(id, text);
  for (const id of drop) records.delete(id);
}
