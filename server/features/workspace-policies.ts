import type { WorkspacePolicies } from '../answers/completion/context.ts';
import { wantsAt } from '../answers/completion/scenario/wants.ts';
import { policyUri, rootOfScenario } from '../config/scenario-files.ts';
import { folderOf, pathBelow, relativePath, resolveUri } from '../config/uris.ts';
import { kindOfName } from '../documents/kinds.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Session } from '../session.ts';

/** What the proposals at an offset of a scenario need of the workspace; undefined where they need nothing. */
export async function workspacePolicies(
  session: Session,
  source: SourceDocument,
  offset: number,
): Promise<WorkspacePolicies | undefined> {
  const wanted = wantsAt(source, offset);
  if (wanted === 'files') return { files: await filesFor(session, source), named: [] };
  return wanted === 'named' ? { files: [], named: await namedBy(session, source) } : undefined;
}

/** The files of the workspace folder whose name or configuration says what they are, those nearby first. */
async function filesFor(session: Session, { uri }: SourceDocument): Promise<WorkspacePolicies['files']> {
  const folder = folderOf(uri);
  if (folder === undefined) return [];
  const root = rootOfScenario(uri, session.roots);
  const config = await session.configOf(uri);
  const stored = await session.workspace.list(root);
  // What is open may not be stored yet.
  const open = session.documents.keys().flatMap((each) => pathBelow(root, each) ?? []);
  return [...new Set([...stored, ...open])]
    .flatMap((path) => {
      const target = resolveUri(root, path, root);
      const kind = target === undefined || target === uri ? undefined : (kindOfName(path) ?? config.kindOf(target));
      return target !== undefined && kind ? [{ path: relativePath(folder, target), kind }] : [];
    })
    .map((file) => ({ file, distance: file.path.split('/').length }))
    .sort((a, b) => a.distance - b.distance || (a.file.path < b.file.path ? -1 : 1))
    .map(({ file }) => file);
}

/** The policies that the scenario names, as far as they can be read. */
async function namedBy(session: Session, source: SourceDocument): Promise<SourceDocument[]> {
  const root = rootOfScenario(source.uri, session.roots);
  const kinds = new Map(
    source.scenario?.policies.flatMap(({ file, kind }) => {
      const uri = file === undefined ? undefined : policyUri(source.uri, file, root);
      return uri === undefined ? [] : [[uri, kind] as const];
    }),
  );
  const read = [...kinds].slice(0, MOST).map(([uri, kind]) => session.readAs(uri, kind));
  return (await Promise.all(read)).filter((document) => document !== undefined);
}

/** More take longer to read than somebody who types waits. */
const MOST = 30;
