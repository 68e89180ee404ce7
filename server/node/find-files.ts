import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface FindLimits {
  /** How many files are found at most. */
  readonly files: number;
  /** How many files and folders are looked at. */
  readonly entries: number;
}

/** More names nobody reads, and more entries take longer than an editor waits for its proposals. */
const LIMITS: FindLimits = { files: 1000, entries: 20_000 };

/** Folders that hold the work of others. */
const SKIPPED = /^(\.|node_modules$)/;

/** JSON files below a folder as paths from there, level by level. Links are not followed, so that no way leads in circles. */
export async function findJsonFiles(folder: string, { files, entries }: FindLimits = LIMITS): Promise<string[]> {
  const found: string[] = [];
  let left = entries;
  let level = [''];
  while (level.length > 0) {
    const below: string[] = [];
    for (const path of level) {
      for (const entry of await entriesOf(join(folder, path))) {
        if (left === 0 || found.length === files) return found;
        left -= 1;
        const name = `${path}${entry.name}`;
        if (entry.isFile() && /\.jsonc?$/i.test(entry.name)) found.push(name);
        else if (entry.isDirectory() && !SKIPPED.test(entry.name)) below.push(`${name}/`);
      }
    }
    level = below;
  }
  return found;
}

/** What cannot be read has nothing in it. */
async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Keeps what was found for a while: proposals are asked for at every keystroke. */
export class FoundFiles {
  private readonly find: (folder: string) => Promise<readonly string[]>;
  private readonly now: () => number;
  private readonly kept = new Map<string, { readonly at: number; readonly files: Promise<readonly string[]> }>();

  constructor(find: (folder: string) => Promise<readonly string[]> = findJsonFiles, now: () => number = Date.now) {
    this.find = find;
    this.now = now;
  }

  in(folder: string): Promise<readonly string[]> {
    const known = this.kept.get(folder);
    if (known && this.now() - known.at < FRESH) return known.files;
    // Of few folders anything is asked; those of long ago go with the rest.
    if (this.kept.size >= MOST_FOLDERS) this.kept.clear();
    const files = this.find(folder);
    this.kept.set(folder, { at: this.now(), files });
    return files;
  }
}

/** In milliseconds. */
const FRESH = 5000;
const MOST_FOLDERS = 20;
