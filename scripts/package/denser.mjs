// `vsce` packs quickly. Zopfli looks longer for what the same format can say in fewer bytes; whoever unpacks it sees no
// difference. A program of its own, since Zopfli listens for the exceptions of the process that it runs in:
// `node scripts/package/denser.mjs FILE` writes a zip file anew.
import { readFile, writeFile } from 'node:fs/promises';
import { deflateAsync } from '@gfx/zopfli';
import { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipReader, ZipWriter } from '@zip.js/zip.js';

const DEFLATED = 8;
/** In bytes; below this there is nothing to gain. */
const WORTH_IT = 2000;

const file = process.argv[2];
configure({ useWebWorkers: false });
const reader = new ZipReader(new Uint8ArrayReader(await readFile(file)));
const writer = new ZipWriter(new Uint8ArrayWriter(), { extendedTimestamp: false });
for (const entry of await reader.getEntries()) {
  const { filename, compressionMethod, uncompressedSize, signature, lastModDate } = entry;
  const isWorthIt = compressionMethod === DEFLATED && WORTH_IT < uncompressedSize;
  const packed = isWorthIt
    ? await deflateAsync(await entry.getData(new Uint8ArrayWriter()), {})
    : await entry.getData(new Uint8ArrayWriter(), { passThrough: true });
  const as = { passThrough: true, compressionMethod, uncompressedSize, signature, lastModDate };
  await writer.add(filename, new Uint8ArrayReader(packed), as);
}
await writeFile(file, await writer.close());
