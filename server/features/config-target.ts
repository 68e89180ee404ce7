import { folderOf, foldersOf, rootOf } from '../config/uris.ts';
import { CONFIG_NAME } from '../protocol.ts';
import type { Session } from '../session.ts';

/** The configuration file that something is written into. */
export interface ConfigTarget {
  readonly uri: string;
  /** The folder that its paths start from. */
  readonly folder: string;
  /** As it is edited now. */
  readonly text: string;
  /** There is none yet: it has to be made. */
  readonly isNew: boolean;
}

/** The nearest file there is, else one at the top of the workspace folder; undefined for a document that lies in none. */
export async function configTarget(session: Session, document: string): Promise<ConfigTarget | undefined> {
  const [nearest] = (await session.configOf(document)).files;
  const own = folderOf(document);
  const { roots } = session.configs;
  const folder = nearest?.folder ?? (own === undefined ? foldersOf(document, roots)[0] : rootOf(own, roots));
  if (folder === undefined) return undefined;
  const uri = nearest?.uri ?? `${folder}${CONFIG_NAME}`;
  // What was read for the configuration may be older than the text that the client is going to change.
  const text = (await session.workspace.read(uri)) ?? '';
  return { uri, folder, text, isNew: nearest === undefined };
}
