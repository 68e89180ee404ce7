import { EXAMPLE_SCHEME } from './protocol.ts';
import type { Workspace } from './workspace.ts';

const ROOT = `${EXAMPLE_SCHEME}:/`;

/** The URI of an example that comes along, by its path from the root of the project: `examples/exam/large-file.kms-scenario.json`. */
export const exampleUri = (path: string): string => `${ROOT}${path.replace(/^examples\//, '')}`;

/** A workspace in which the examples that come along can be read, too. */
export function withExamples(workspace: Workspace): Workspace {
  return {
    read: (uri) => (isExample(uri) ? textOf(uri) : workspace.read(uri)),
    async bytes(uri, most) {
      if (!isExample(uri)) return workspace.bytes(uri, most);
      const text = await textOf(uri);
      return text === undefined ? undefined : new TextEncoder().encode(text).subarray(0, most + 1);
    },
    find: (ending) => workspace.find(ending),
    list: (folder) => workspace.list(folder),
  };
}

/** Their paths in `examples/`. */
export async function exampleNames(): Promise<readonly string[]> {
  return Object.keys((await import('./knowledge/examples.ts')).exampleFiles);
}

const isExample = (uri: string): boolean => uri.startsWith(ROOT);

async function textOf(uri: string): Promise<string | undefined> {
  const { exampleFiles } = await import('./knowledge/examples.ts');
  return exampleFiles[decodeURIComponent(uri.slice(ROOT.length).replace(/^\/+/, ''))];
}
