import { StateError } from '../../simulator/state/errors.ts';
import { isStateFile, StateStore } from '../../simulator/state/store.ts';
import { CommandError } from '../failure.ts';
import { displayName, reasonOf } from '../files/read.ts';
import { FolderFiles } from './files.ts';
import { isLock, type Lock, lockFolder } from './lock.ts';
import { wrappingKeyFor } from './wrapping-key.ts';

export interface OpenedState {
  readonly store: StateStore;
  /** Once the store is closed. */
  readonly lock: Lock;
}

/** The state in a folder, which is made where there is none. @throws {CommandError} and leaves the folder as it is */
export async function openState(
  folder: string,
  file: string | undefined,
  onNote: (text: string) => void,
): Promise<OpenedState> {
  const files = new FolderFiles(folder);
  return explained(folder, async () => {
    await files.make();
    const lock = await lockFolder(folder);
    try {
      const isNew = !(await hasState(folder));
      const wrappingKey = await wrappingKeyFor({ folder, isNew, file });
      return { store: await StateStore.open(files, { wrappingKey, ignore: isLock, onNote }), lock };
    } catch (error) {
      lock.release();
      throw error;
    }
  });
}

/** Whether there is a state in a folder already. */
export async function hasState(folder: string): Promise<boolean> {
  const names = await new FolderFiles(folder).list().catch(() => []);
  return names.some(isStateFile);
}

/** In words for whoever started the command. */
export async function explained<T>(folder: string, open: () => Promise<T>): Promise<T> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof StateError) throw new CommandError(`${error.message}; ${error.remedy}`);
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const reason = reasonOf(error as NodeJS.ErrnoException);
    throw new CommandError(`cannot use \`${displayName(folder)}\` for the state: ${reason}`);
  }
}
