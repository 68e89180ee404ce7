import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Session } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import { findBelow } from './find.ts';
import { FoundFiles } from './find-files.ts';
import { readBytes } from './read-bytes.ts';
import { ReportFiles } from './report-files.ts';

/** Open documents first, then files on disk; what lives elsewhere the client sends along. */
export function nodeWorkspace(session: Session): Workspace {
  const found = new FoundFiles();
  const reports = new ReportFiles();
  return {
    async read(uri) {
      const open = session.documents.get(uri);
      if (open) return open.getText();
      if (!uri.startsWith('file:')) return undefined;
      return readFile(fileURLToPath(uri), 'utf8').catch(() => undefined);
    },
    bytes: readBytes,
    async list(folder) {
      return folder.startsWith('file:') ? found.in(fileURLToPath(folder)) : [];
    },
    find: (ending) => findBelow(session.configs.roots, ending),
    store: (name, text) =>
      reports.write(name, text).catch((error) => {
        session.log('a report could not be written to a file', error);
        return undefined;
      }),
  };
}
