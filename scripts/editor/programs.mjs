// Programs on the PATH, found without a shell.
import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';

/**
 * The full path of a program on the PATH, or undefined. On Windows the endings of PATHEXT are tried.
 *
 * @param {string} name
 * @param {(file: string) => boolean} [accept] says no to a file that is not what it seems.
 */
export function findOnPath(name, accept = () => true) {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const windows = process.platform === 'win32';
  const endings = windows ? (process.env.PATHEXT ?? '.EXE;.CMD').split(';') : [''];
  for (const folder of folders) {
    for (const ending of endings) {
      const file = path.join(folder, `${name}${ending.toLowerCase()}`);
      if (isProgram(file) && accept(file)) return file;
    }
  }
  return undefined;
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}
