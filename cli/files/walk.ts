import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { kindOfName } from '../../server/documents/kinds.ts';
import { CommandError } from '../failure.ts';
import { IgnoredFiles } from './ignored.ts';
import { reasonOf } from './read.ts';

/** Larger files whose name says nothing are not looked into; AWS takes policies of at most 32 kB. */
const MAX_SNIFFED_BYTES = 1024 * 1024;

export interface FoundFile {
  readonly path: string;
  /** Its name says what it is, or the user named it. Otherwise the content has to say that it is a policy. */
  readonly certain: boolean;
}

export interface FoundFiles {
  readonly isFolder: boolean;
  readonly files: readonly FoundFile[];
  /** Those that were walked. */
  readonly folders: readonly string[];
}

/**
 * The files that a path of the command line stands for, in a stable order: itself, or of a folder everything below it
 * that may be a document. What git ignores, `node_modules` and links to folders are left out.
 *
 * @throws {CommandError} where the path does not exist.
 */
export async function findFiles(path: string): Promise<FoundFiles> {
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`cannot read \`${path}\`: ${reasonOf(error)}`);
  });
  if (!stats.isDirectory()) return { isFolder: false, files: [{ path, certain: true }], folders: [] };
  const files: FoundFile[] = [];
  const folders: string[] = [];
  await walk(path, new IgnoredFiles(path), { files, folders });
  return { isFolder: true, files, folders };
}

interface Found {
  readonly files: FoundFile[];
  readonly folders: string[];
}

async function walk(folder: string, ignored: IgnoredFiles, found: Found): Promise<void> {
  found.folders.push(folder);
  const entries = await readdir(folder, { withFileTypes: true });
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== '.git' && entry.name !== 'node_modules' && !ignored.has(path, true))
        await walk(path, ignored, found);
      continue;
    }
    if (!/\.jsonc?$/i.test(entry.name)) continue;
    const certain = kindOfName(entry.name) !== undefined;
    if (ignored.has(path, false)) continue;
    const stats = await stat(path).catch(() => undefined);
    if (stats?.isFile() && (certain || stats.size <= MAX_SNIFFED_BYTES)) found.files.push({ path, certain });
  }
}
