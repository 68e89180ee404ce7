// Folders to open that a test makes up.
import { mkdir, mkdtemp, realpath, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { session } from './session.mjs';

/** A folder with these files; it is removed at the end of the run. */
export async function folderWith(files) {
  const parent = await realpath(await mkdtemp(path.join(tmpdir(), 'kms-ws-')));
  session().temporary.push(parent);
  const folder = path.join(parent, 'workspace');
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return folder;
}
