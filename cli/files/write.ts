import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandError } from '../failure.ts';
import { reasonOf } from './read.ts';

/**
 * Replaces a file's text at one stroke: whatever happens on the way, the file holds either the old text or the new one.
 * Links are followed, permissions kept.
 *
 * @throws {CommandError} where the file cannot be written; it is unchanged then.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  let draft: string | undefined;
  try {
    const target = await realpath(path);
    const { mode } = await stat(target);
    draft = join(dirname(target), `.${basename(target)}.${process.pid}.kms-lens`);
    await writeFile(draft, text, { flag: 'wx' });
    await chmod(draft, mode);
    await rename(draft, target);
  } catch (error) {
    if (draft) await rm(draft, { force: true });
    const reason = error instanceof Error ? reasonOf(error) : String(error);
    throw new CommandError(`cannot write \`${path}\`: ${reason}; the file is unchanged`);
  }
}
