import { readFile } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { uriBelow } from '../config/uris.ts';
import type { Session } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import { findBelow } from './find.ts';
import { FoundFiles } from './find-files.ts';
import { readBytes } from './read-bytes.ts';
import { ReportFiles } from './report-files.ts';
import { StoredTexts } from './stored-texts.ts';

/** Open documents first, then files on disk; what lives elsewhere the client sends along. */
export function nodeWorkspace(session: Session): Workspace {
  const found = new FoundFiles();
  const reports = new ReportFiles();
  const stored = new StoredTexts();
  return {
    async read(uri) {
      const open = session.documents.get(uri);
      if (open) return open.getText();
      if (!isFile(uri)) return undefined;
      return textOf(fileURLToPath(uri), 'utf8').catch(() => undefined);
    },
    bytes: readBytes,
    stored: async (uri, most) => (isFile(uri) ? stored.read(uri, most) : undefined),
    async list(folder) {
      return isFile(folder) ? found.in(fileURLToPath(folder)) : [];
    },
    async *documents(root, at, others) {
      if (!isFile(root) || (at !== undefined && !isFile(at))) return;
      const { loadWalk } = await import('../core.ts');
      const { documentsAt } = await loadWalk();
      const folder = resolve(fileURLToPath(root));
      const skip = new Set(others.filter(isFile).map((each) => resolve(fileURLToPath(each))));
      // What cannot be read has nothing in it.
      const entries = (each: string) => readdir(each, { withFileTypes: true }).catch(() => []);
      const start = at === undefined ? folder : resolve(fileURLToPath(at));
      for await (const { path } of documentsAt(folder, start, { skip, entries, anySize: true }))
        yield uriBelow(root, relative(folder, path).split(sep));
    },
    find: (ending) => findBelow(session.configs.roots, ending),
    store: (name, text) =>
      reports.write(name, text).catch((error) => {
        session.log('a report could not be written to a file', error);
        return undefined;
      }),
  };
}

/** The one of `node:fs/promises` makes an object for every file, which takes a third more time. */
const textOf = promisify(readFile);

const isFile = (uri: string): boolean => uri.startsWith('file:');
