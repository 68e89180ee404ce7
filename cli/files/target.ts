import { rmSync } from 'node:fs';
import { chmod, type FileHandle, link, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandError } from '../failure.ts';
import { fileId } from './pieces.ts';
import { reasonOf } from './read.ts';

/** Where a command writes piece by piece. */
export interface Target {
  /** Whether {@link discard} leaves nothing of what was written. */
  readonly isAtomic: boolean;
  /** The piece may be used again once this has resolved. False where nobody reads any more. */
  write(piece: Uint8Array): Promise<boolean>;
  /** All was written. */
  commit(): Promise<void>;
  discard(): Promise<void>;
}

export interface TargetOptions {
  /** Nobody but the owner may read it. */
  readonly isSecret: boolean;
  readonly replace: boolean;
  /** What must not be replaced in any case: {@link Source.id}. */
  readonly sourceId: string | undefined;
}

/** The name that stands for standard output. */
export const STANDARD_OUTPUT = '-';

export const standardOutput: Target = {
  isAtomic: false,
  write: (piece) =>
    new Promise((done, fail) => {
      process.stdout.write(piece, (error?: NodeJS.ErrnoException | null) => {
        if (error && error.code !== 'EPIPE') fail(error);
        else done(!error);
      });
    }),
  commit: async () => undefined,
  discard: async () => undefined,
};

/**
 * A file that is there whole or not at all: it is written beside its place and then moved there. A signal that ends the
 * program takes it away, too.
 *
 * @throws {CommandError} where the file is there already and may not be replaced, or cannot be written.
 */
export async function openTarget(path: string, options: TargetOptions): Promise<Target> {
  const attempt = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof Error) || error instanceof CommandError) throw error;
      throw new CommandError(`cannot write \`${path}\`: ${reasonOf(error)}`);
    }
  };
  const { place, mode } = await attempt(() => placeOf(path, options));
  const draft = join(dirname(place), `.${basename(place)}.${process.pid}.kms-lens`);
  const handle = await attempt(() => open(draft, 'wx', options.isSecret ? 0o600 : 0o666));
  const stopWatching = onSignal(() => rmSync(draft, { force: true }));
  const discard = async (): Promise<void> => {
    await handle.close().catch(() => undefined);
    await rm(draft, { force: true });
    stopWatching();
  };
  return {
    isAtomic: true,
    write: (piece) => attempt(() => writeAll(handle, piece)),
    async commit() {
      await attempt(async () => {
        if (mode !== undefined && !options.isSecret) await chmod(draft, mode);
        await handle.close();
        if (options.replace) await rename(draft, place);
        else await moveToNew(draft, place);
      });
      await discard();
    },
    discard,
  };
}

async function placeOf(path: string, options: TargetOptions): Promise<{ place: string; mode?: number }> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return { place: path };
  if (found.isDirectory()) throw new CommandError(`cannot write \`${path}\`: it is a folder`);
  if (!found.isFile()) throw new CommandError(`cannot write \`${path}\`: it is no file; \`-o -\` writes into pipes`);
  if (fileId(found) === options.sourceId)
    throw new CommandError(`\`${path}\` is what is read, which is never replaced; write to another file`);
  if (!options.replace) throw exists(path);
  return { place: await realpath(path), mode: found.mode };
}

/** Fails where something came to be at the place meanwhile, which a `rename` would replace. */
async function moveToNew(draft: string, place: string): Promise<void> {
  try {
    await link(draft, place);
  } catch (error) {
    const { code } = error instanceof Error ? (error as NodeJS.ErrnoException) : { code: '' };
    if (code === 'EEXIST') throw exists(place);
    // A file system without links.
    await rename(draft, place);
  }
}

function exists(path: string): CommandError {
  return new CommandError(`\`${path}\` is there already; \`--force\` replaces it`);
}

async function writeAll(handle: FileHandle, piece: Uint8Array): Promise<true> {
  for (let at = 0; at < piece.length; ) at += (await handle.write(piece, at)).bytesWritten;
  return true;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Acts before a signal ends the program, as the signal would have done. Returns how to stop that. */
function onSignal(act: () => void): () => void {
  const stop = (): void => {
    for (const signal of SIGNALS) process.off(signal, end);
  };
  const end = (signal: NodeJS.Signals): void => {
    stop();
    act();
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, end);
  return stop;
}
