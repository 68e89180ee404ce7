import { EXAMPLE_SCHEME } from './protocol.ts';
import type { Workspace } from './workspace.ts';

/** The folder of the examples. */
export const EXAMPLE_ROOT = `${EXAMPLE_SCHEME}:/`;

/** The URI of an example that comes along, by its path from the root of the project: `examples/exam/large-file.kms-scenario.json`. */
export const exampleUri = (path: string): string => `${EXAMPLE_ROOT}${path.replace(/^examples\//, '')}`;

/** A workspace in which the examples that come along can be read, too. */
export function withExamples(workspace: Workspace): Workspace {
  return {
    read: (uri) => (isExample(uri) ? exampleText(uri) : workspace.read(uri)),
    bytes: (uri, most) => (isExample(uri) ? exampleBytes(uri, most) : workspace.bytes(uri, most)),
    stored: (uri, most) => workspace.stored(uri, most),
    find: (ending) => workspace.find(ending),
    documents: (...where) => workspace.documents(...where),
    list: (folder) => workspace.list(folder),
    store: (name, text) => workspace.store(name, text),
  };
}

/** Their paths in `examples/`. */
export async function exampleNames(): Promise<readonly string[]> {
  return Object.keys((await import('./knowledge/examples.ts')).exampleFiles);
}

const isExample = (uri: string): boolean => uri.startsWith(EXAMPLE_ROOT);

/** The text of an example; undefined where there is none of that URI. */
export async function exampleText(uri: string): Promise<string | undefined> {
  if (!isExample(uri)) return undefined;
  const { exampleFiles } = await import('./knowledge/examples.ts');
  const path = decodeURIComponent(uri.slice(EXAMPLE_ROOT.length).replace(/^\/+/, ''));
  return Object.hasOwn(exampleFiles, path) ? exampleFiles[path] : undefined;
}

/** At most so many bytes of an example, and one more. */
export async function exampleBytes(uri: string, most: number): Promise<Uint8Array | undefined> {
  const text = await exampleText(uri);
  return text === undefined ? undefined : new TextEncoder().encode(text).subarray(0, most + 1);
}
