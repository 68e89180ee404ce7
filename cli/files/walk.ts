import { stat } from 'node:fs/promises';
import { documentsBelow, type FoundFile } from '../../server/node/walk.ts';
import { CommandError } from '../failure.ts';
import { reasonOf } from './read.ts';

export interface FoundFiles {
  readonly isFolder: boolean;
  readonly files: readonly FoundFile[];
  /** Those that were walked. */
  readonly folders: readonly string[];
}

/**
 * The files that a path of the command line stands for: itself, or of a folder everything below it that may be a document.
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
  for await (const file of documentsBelow(path, { onFolder: (folder) => folders.push(folder) })) files.push(file);
  return { isFolder: true, files, folders };
}
