import { closeSync, constants, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readBytes } from './read-bytes.ts';

/** How long a disk may take for a file while all else waits, in milliseconds; and how many are then read otherwise. */
const SLOW = 2;
const OTHERWISE = 64;

export interface StoredTextsInit {
  /** In milliseconds from any point in time. */
  readonly now?: () => number;
  /** Told of each file that is read while all else waits. */
  readonly onRead?: (uri: string) => void;
}

/**
 * Reads many small files, of which nobody waits for one. Each takes four trips through the thread pool, and those cost
 * ten times what a disk takes that has the file at hand. So the disk is asked at once, until it takes its time, as
 * one across a network does: then some files go through the pool, and it is tried again.
 */
export class StoredTexts {
  private readonly now: () => number;
  private readonly onRead: StoredTextsInit['onRead'];
  private buffer = new Uint8Array(0);
  private otherwise = 0;

  constructor({ now = () => performance.now(), onRead }: StoredTextsInit = {}) {
    this.now = now;
    this.onRead = onRead;
  }

  /** A text of at most so many bytes; undefined where there is none, or a longer one. */
  async read(uri: string, most: number): Promise<string | undefined> {
    if (this.otherwise > 0) {
      this.otherwise -= 1;
      const bytes = await readBytes(uri, most);
      return bytes && textIn(bytes, bytes.length, most);
    }
    this.onRead?.(uri);
    const begun = this.now();
    try {
      return this.readNow(fileURLToPath(uri), most);
    } catch {
      return undefined;
    } finally {
      if (this.now() - begun > SLOW) this.otherwise = OTHERWISE;
    }
  }

  private readNow(path: string, most: number): string | undefined {
    if (this.buffer.length <= most) this.buffer = new Uint8Array(most + 1);
    const { buffer } = this;
    // What has become a pipe since it was found has nothing in it, instead of keeping everybody waiting for who writes to it.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      let length = 0;
      for (let read = 1; read > 0 && length <= most; length += read)
        read = readSync(file, buffer, length, most + 1 - length, null);
      return textIn(buffer, length, most);
    } finally {
      closeSync(file);
    }
  }
}

function textIn({ buffer, byteOffset }: Uint8Array, length: number, most: number): string | undefined {
  return length > most ? undefined : Buffer.from(buffer, byteOffset, length).toString('utf8');
}
