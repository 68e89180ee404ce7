import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Session } from '../session.ts';
import type { Workspace } from '../workspace.ts';
import { findBelow } from './find.ts';

/** Open documents first, then files on disk; what lives elsewhere the client sends along. */
export function nodeWorkspace(session: Session): Workspace {
  return {
    async read(uri) {
      const open = session.documents.get(uri);
      if (open) return open.getText();
      if (!uri.startsWith('file:')) return undefined;
      return readFile(fileURLToPath(uri), 'utf8').catch(() => undefined);
    },
    find: (ending) => findBelow(session.configs.roots, ending),
  };
}
