import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';

/** Says which files git would leave out: the `.gitignore` files of the repository that a folder lies in. */
export class IgnoredFiles {
  private readonly root: string;
  private readonly byFolder = new Map<string, Ignore | undefined>();

  /** `folder` is where a walk begins; the repository may begin above it. */
  constructor(folder: string) {
    this.root = repositoryOf(folder) ?? resolve(folder);
  }

  /** Whether a file or folder below the repository's root is ignored. Nearer `.gitignore` files win. */
  has(path: string, isFolder: boolean): boolean {
    const full = resolve(path);
    for (let folder = dirname(full); ; folder = dirname(folder)) {
      const answer = this.rulesOf(folder)?.test(portable(relative(folder, full)) + (isFolder ? '/' : ''));
      if (answer?.ignored) return true;
      if (answer?.unignored) return false;
      if (folder === this.root || folder === dirname(folder)) return false;
    }
  }

  private rulesOf(folder: string): Ignore | undefined {
    if (!this.byFolder.has(folder)) {
      const file = join(folder, '.gitignore');
      this.byFolder.set(folder, existsSync(file) ? ignore().add(readFileSync(file, 'utf8')) : undefined);
    }
    return this.byFolder.get(folder);
  }
}

function repositoryOf(folder: string): string | undefined {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (at === dirname(at)) return undefined;
  }
}

/** A path with `/` between its parts, as patterns and JSON output have it. */
export function portable(path: string): string {
  return path.split(sep).join('/');
}
