import { randomBytes } from 'node:crypto';
import type { StateFile, StateFiles } from '../../../simulator/state/files.ts';
import { StateStore } from '../../../simulator/state/store.ts';

/** A folder in memory that can be copied, damaged, and made to fail. */
export class MemoryFiles implements StateFiles {
  readonly contents: Map<string, Buffer>;
  /** Asked before each thing that is done to the folder: what it gives back is thrown. */
  fault: (what: string, name: string) => Error | undefined = () => undefined;

  constructor(contents: Iterable<readonly [string, Uint8Array]> = []) {
    this.contents = new Map([...contents].map(([name, bytes]) => [name, Buffer.from(bytes)]));
  }

  copy(): MemoryFiles {
    return new MemoryFiles(this.contents);
  }

  get journal(): string {
    const name = [...this.contents.keys()].find((each) => each.startsWith('journal.'));
    if (name === undefined) throw new Error('there is no journal');
    return name;
  }

  bytes(name: string): Buffer {
    const bytes = this.contents.get(name);
    if (!bytes) throw new Error(`there is no ${name}`);
    return bytes;
  }

  /** The same with other bytes in a file. */
  with(name: string, bytes: Uint8Array): MemoryFiles {
    const copy = this.copy();
    copy.contents.set(name, Buffer.from(bytes));
    return copy;
  }

  async list(): Promise<readonly string[]> {
    return [...this.contents.keys()];
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    return this.contents.get(name);
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    this.ask('write', name);
    this.contents.set(name, Buffer.from(bytes));
  }

  async rename(from: string, to: string): Promise<void> {
    this.ask('rename', from);
    this.contents.set(to, this.bytes(from));
    this.contents.delete(from);
  }

  async remove(name: string): Promise<void> {
    this.ask('remove', name);
    this.contents.delete(name);
  }

  async flush(): Promise<void> {
    this.ask('flush', '');
  }

  async open(name: string): Promise<StateFile> {
    return {
      write: async (bytes, at) => {
        const error = this.fault('append', name);
        const part = error ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
        const old = this.bytes(name);
        const now = Buffer.alloc(Math.max(old.length, at + part.length));
        old.copy(now);
        now.set(part, at);
        this.contents.set(name, now);
        if (error) throw error;
      },
      flush: async () => this.ask('sync', name),
      cut: async (length) => {
        this.ask('cut', name);
        this.contents.set(name, this.bytes(name).subarray(0, length));
      },
      close: async () => undefined,
    };
  }

  shown(name: string): string {
    return `state/${name}`;
  }

  private ask(what: string, name: string): void {
    const error = this.fault(what, name);
    if (error) throw error;
  }
}

export const KEY = randomBytes(32);

export const openStore = (files: StateFiles, wrappingKey: Uint8Array = KEY): Promise<StateStore> =>
  StateStore.open(files, { wrappingKey });
