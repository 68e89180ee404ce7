import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Folders that hold what others wrote. */
const SKIPPED: ReadonlySet<string> = new Set(['node_modules', '.git', '.hg', '.svn']);

/** A workspace that is larger is looked through as far as this; nobody writes so many scenarios. */
const MOST_FOLDERS = 20_000;

/** The files below some folders whose name ends so, as URIs in their order. Links to folders are not followed. */
export async function findBelow(roots: readonly string[], ending: string): Promise<readonly string[]> {
  const found = new Set<string>();
  const open = roots.filter((root) => root.startsWith('file:')).map((root) => fileURLToPath(root));
  for (let count = 0; count < MOST_FOLDERS; count++) {
    const folder = open.pop();
    if (folder === undefined) break;
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !SKIPPED.has(entry.name)) open.push(path);
      else if (entry.isFile() && entry.name.endsWith(ending)) found.add(pathToFileURL(path).href);
    }
  }
  return [...found].sort();
}
