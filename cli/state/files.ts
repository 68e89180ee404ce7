import { type FileHandle, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StateFile, StateFiles } from '../../simulator/state/files.ts';
import { displayName } from '../files/read.ts';

/** Nobody but the owner reads what is sealed, either. */
const PRIVATE = 0o600;

/** The files of a state in a folder of the disk. */
export class FolderFiles implements StateFiles {
  private readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async make(): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
  }

  list(): Promise<readonly string[]> {
    return readdir(this.folder);
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(this.at(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    const handle = await open(this.at(name), 'w', PRIVATE);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  rename(from: string, to: string): Promise<void> {
    return rename(this.at(from), this.at(to));
  }

  remove(name: string): Promise<void> {
    return rm(this.at(name), { force: true });
  }

  async flush(): Promise<void> {
    // Windows has no such thing for folders.
    if (process.platform === 'win32') return;
    const handle = await open(this.folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async open(name: string): Promise<StateFile> {
    return new OpenFile(await open(this.at(name), 'r+'));
  }

  shown(name: string): string {
    return displayName(this.at(name));
  }

  private at(name: string): string {
    return join(this.folder, name);
  }
}

class OpenFile implements StateFile {
  private readonly handle: FileHandle;

  constructor(handle: FileHandle) {
    this.handle = handle;
  }

  async write(bytes: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.handle.write(bytes, done, bytes.length - done, at + done);
      done += bytesWritten;
    }
  }

  flush(): Promise<void> {
    return this.handle.datasync();
  }

  cut(length: number): Promise<void> {
    return this.handle.truncate(length);
  }

  close(): Promise<void> {
    return this.handle.close();
  }
}
