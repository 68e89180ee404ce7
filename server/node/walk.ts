import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { kindOfName } from '../documents/kinds.ts';
import { IgnoredFiles } from './ignored.ts';

/** Larger files whose name says nothing are not looked into; AWS takes policies of at most 32 kB. */
const MAX_SNIFFED_BYTES = 1024 * 1024;

export interface FoundFile {
  readonly path: string;
  /** Its name says what it is, or the user named it. Otherwise the content has to say that it is a policy. */
  readonly certain: boolean;
}

export interface Walk {
  /** Folders that are left out besides. */
  readonly skip?: ReadonlySet<string>;
  /** Told of each folder that is looked into. */
  readonly onFolder?: (folder: string) => void;
  /** Gives what a folder holds. */
  readonly entries?: (folder: string) => Promise<Dirent[]>;
  /** For who reads no more of a file than what a policy can have: the sizes of files in folders are not asked for. */
  readonly anySize?: boolean;
}

/**
 * Everything below a folder that may be a document, in a stable order. What git ignores, `node_modules` and links to
 * folders are left out.
 */
export function documentsBelow(folder: string, walk: Walk = {}): AsyncGenerator<FoundFile, void, void> {
  return below(folder, new IgnoredFiles(folder), walk);
}

/** The same for a file or a folder inside of `folder`: what a walk through the latter would find of it. */
export async function* documentsAt(
  folder: string,
  path: string,
  walk: Walk = {},
): AsyncGenerator<FoundFile, void, void> {
  const ignored = new IgnoredFiles(folder);
  if (path === folder) {
    yield* below(folder, ignored, walk);
    return;
  }
  for (let at = dirname(path); relative(folder, at) !== ''; at = dirname(at)) {
    if (relative(folder, at).startsWith('..')) return;
    if (isLeftOut(at, ignored, walk)) return;
  }
  const stats = await stat(path).catch(() => undefined);
  if (stats?.isDirectory()) {
    if (!isLeftOut(path, ignored, walk)) yield* below(path, ignored, walk);
    return;
  }
  const found = stats && (await documentOf(path, ignored));
  if (found) yield found;
}

async function* below(folder: string, ignored: IgnoredFiles, walk: Walk): AsyncGenerator<FoundFile, void, void> {
  walk.onFolder?.(folder);
  const entries = await (walk.entries ?? entriesOf)(folder);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!isLeftOut(path, ignored, walk)) yield* below(path, ignored, walk);
      continue;
    }
    const found = await documentOf(path, ignored, entry.isFile(), walk.anySize);
    if (found) yield found;
  }
}

function isLeftOut(folder: string, ignored: IgnoredFiles, { skip }: Walk): boolean {
  const name = basename(folder);
  return name === '.git' || name === 'node_modules' || skip?.has(folder) === true || ignored.has(folder, true);
}

async function documentOf(
  path: string,
  ignored: IgnoredFiles,
  isFile = false,
  anySize = false,
): Promise<FoundFile | undefined> {
  if (!/\.jsonc?$/i.test(path) || ignored.has(path, false)) return undefined;
  const certain = kindOfName(basename(path)) !== undefined;
  if (isFile && (certain || anySize)) return { path, certain };
  const stats = await stat(path).catch(() => undefined);
  return stats?.isFile() && (certain || stats.size <= MAX_SNIFFED_BYTES) ? { path, certain } : undefined;
}

const entriesOf = (folder: string): Promise<Dirent[]> => readdir(folder, { withFileTypes: true });
