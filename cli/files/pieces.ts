import type { Stats } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { filePieces } from '../../server/node/file-pieces.ts';
import { CommandError } from '../failure.ts';
import { reasonOf, STANDARD_INPUT } from './read.ts';

/** What a command reads piece by piece. */
export interface Source {
  /** In bytes; undefined for what comes through a pipe. */
  readonly size: number | undefined;
  /** Tells whether another file is this one. */
  readonly id: string | undefined;
  readonly pieces: AsyncIterable<Uint8Array>;
}

/** A file that is opened when it is read, or standard input. @throws {CommandError} naming the file and what is wrong. */
export async function openSource(path: string): Promise<Source> {
  if (path === STANDARD_INPUT) return { size: undefined, id: undefined, pieces: process.stdin };
  const stats = await stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new CommandError(`cannot read \`${path}\`: ${reasonOf(error)}`);
  });
  if (stats.isDirectory()) throw new CommandError(`cannot read \`${path}\`: it is a folder`);
  const size = stats.isFile() ? stats.size : undefined;
  return { size, id: fileId(stats), pieces: readPieces(path) };
}

/** The same for two names of one file. */
export function fileId({ dev, ino }: Stats): string {
  return `${dev} ${ino}`;
}

async function* readPieces(path: string): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* filePieces(await open(path));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new CommandError(`cannot read \`${path}\`: ${reasonOf(error)}`);
  }
}
