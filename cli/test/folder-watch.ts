import { type FSWatcher, statSync, watch } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

/** Editors save in several steps: only when it has been quiet this long is a save over. In milliseconds. */
const QUIET = 60;
/** Whoever writes without a pause is not waited for longer than this. */
const LONGEST = 1000;
/** Where the system tells nothing of a folder, it is looked at this often. */
const POLL = 1000;

interface Watcher {
  readonly inode: number | undefined;
  close(): void;
}

/**
 * Tells that something happened in one of some folders. What happened is for the caller to find out: systems and
 * editors differ too much in what they report of a save.
 */
export class FolderWatch {
  private readonly watchers = new Map<string, Watcher>();
  private readonly signal: AbortSignal;
  private happened = false;
  private wake: (() => void) | undefined;

  constructor(signal: AbortSignal) {
    this.signal = signal;
    signal.addEventListener('abort', this.tell);
  }

  /**
   * Watches these folders and no others; of one that is not there, the nearest around it. Whether one is new, so that
   * something may have happened there unseen.
   */
  watch(folders: ReadonlySet<string>): boolean {
    const wanted = new Set([...folders].map(existing));
    // A folder that was replaced is another one.
    for (const [folder, watcher] of this.watchers)
      if (!wanted.has(folder) || inodeOf(folder) !== watcher.inode) this.drop(folder);
    const added = [...wanted].filter((folder) => !this.watchers.has(folder));
    for (const folder of added) this.add(folder);
    return added.length > 0;
  }

  /** When something has happened since it was last asked, and is over. */
  async next(): Promise<void> {
    if (!this.happened) await new Promise<void>((wake) => (this.wake = wake));
    await this.settled();
  }

  /** When it has been quiet for a while: a file that is being written may be empty in between. */
  async settled(): Promise<void> {
    const start = performance.now();
    do {
      this.happened = false;
      await setTimeout(QUIET);
    } while (this.happened && !this.signal.aborted && performance.now() - start < LONGEST);
    this.happened = false;
  }

  close(): void {
    for (const folder of [...this.watchers.keys()]) this.drop(folder);
  }

  private readonly tell = (): void => {
    this.happened = true;
    this.wake?.();
  };

  private add(folder: string): void {
    const inode = inodeOf(folder);
    try {
      const watcher: FSWatcher = watch(folder, this.tell);
      // Windows reports the end of a folder so.
      watcher.on('error', () => {
        this.drop(folder);
        this.tell();
      });
      this.watchers.set(folder, { inode, close: () => watcher.close() });
    } catch {
      // Some file systems tell nothing, and systems have a limit to what is watched.
      const timer = setInterval(this.tell, POLL);
      this.watchers.set(folder, { inode, close: () => clearInterval(timer) });
    }
  }

  private drop(folder: string): void {
    this.watchers.get(folder)?.close();
    this.watchers.delete(folder);
  }
}

function inodeOf(folder: string): number | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.ino;
}

function existing(folder: string): string {
  for (let at = folder; ; at = dirname(at)) if (inodeOf(at) !== undefined || at === dirname(at)) return at;
}
