import { open, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ReadBytes } from '../config/scenario-files.ts';

/** Files on disk. Pipes and devices are none, since they may never end. */
export const readBytes: ReadBytes = async (uri, most) => {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const path = fileURLToPath(uri);
    if (!(await stat(path)).isFile()) return undefined;
    const file = await open(path);
    try {
      const buffer = new Uint8Array(most + 1);
      let length = 0;
      for (let read = 1; read > 0 && length < buffer.length; length += read)
        read = (await file.read(buffer, length, buffer.length - length)).bytesRead;
      return buffer.slice(0, length);
    } finally {
      await file.close();
    }
  } catch {
    return undefined;
  }
};
