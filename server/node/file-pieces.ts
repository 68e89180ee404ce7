import { type FileHandle, open, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const PIECE_BYTES = 1024 * 1024;

/** The pieces of a stored file; undefined where there is none. Pipes and devices are none, since they may never end. */
export async function openPieces(uri: string): Promise<AsyncIterable<Uint8Array> | undefined> {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const path = fileURLToPath(uri);
    return (await stat(path)).isFile() ? filePieces(await open(path)) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The rest of a file, which is closed at the end. Each piece is valid until the next one is asked for, which is read
 * meanwhile: there are two buffers, whatever the size.
 */
export async function* filePieces(handle: FileHandle): AsyncGenerator<Buffer, void, void> {
  const read = (buffer: Buffer) => handle.read(buffer, 0, buffer.length).then(({ bytesRead }) => bytesRead);
  let current = Buffer.allocUnsafeSlow(PIECE_BYTES);
  let next = Buffer.allocUnsafeSlow(PIECE_BYTES);
  let reading = read(current);
  try {
    for (;;) {
      const length = await reading;
      if (length === 0) return;
      [current, next] = [next, current];
      reading = read(current);
      yield next.subarray(0, length);
    }
  } finally {
    await reading.catch(() => undefined);
    await handle.close();
  }
}
