import { rmSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StoredReport } from '../workspace.ts';

/** As many as the server itself keeps. */
const MOST_FILES = 50;

/** Reports as files that only their user can read, in a folder of this server that goes when it ends. */
export class ReportFiles {
  private folder: Promise<string> | undefined;
  private readonly paths: string[] = [];
  private count = 0;

  async write(name: string, text: string): Promise<StoredReport> {
    this.folder ??= makeFolder();
    this.count += 1;
    const file = `${this.count}-${name.replace(/[^\w.-]+/g, '-')}`;
    let path: string;
    try {
      path = join(await this.folder, file);
      await writeFile(path, text, { mode: 0o600 });
    } catch (error) {
      // Temporary folders are cleared now and then; the next report gets a new one.
      this.folder = undefined;
      throw error;
    }
    this.paths.push(path);
    const oldest = this.paths.length > MOST_FILES ? this.paths.shift() : undefined;
    if (oldest !== undefined) await rm(oldest, { force: true });
    return { uri: pathToFileURL(path).href, path };
  }
}

/** With access for its owner alone, which `mkdtemp` sees to. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kms-lens-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  // Some editors end their servers so, and then nothing would be told of the exit.
  for (const [signal, code] of [
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)
    process.once(signal, () => process.exit(code));
  return folder;
}
