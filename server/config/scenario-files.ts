import type { PolicyFiles } from '../../simulator/scenario/load.ts';
import type { ScenarioOutline } from '../../simulator/scenario/outline.ts';
import type { PolicyKind } from '../../simulator/scenario/shape.ts';
import type { SourceDocument } from '../documents/source.ts';
import { type ReadDocument, whyNoPolicy } from './listed-policies.ts';
import { folderOf, resolveUri, rootOf } from './uris.ts';

/** Gives the content of a file, at most one byte more than `most` of it; undefined where it cannot be read. */
export type ReadBytes = (uri: string, most: number) => Promise<Uint8Array | undefined>;

/** The files of a scenario, with those that it asked for. */
export interface ScenarioFiles extends PolicyFiles {
  readonly documents: readonly SourceDocument[];
}

/** Why policies that a scenario names cannot be used, by the path as written; the kind is what the first that names it says. */
export async function unusableFiles(
  { policies }: ScenarioOutline,
  files: PolicyFiles,
): Promise<ReadonlyMap<string, string>> {
  const kinds = new Map<string, PolicyKind>();
  for (const { file, kind } of policies) if (file !== undefined && !kinds.has(file)) kinds.set(file, kind);
  const unusable = new Map<string, string>();
  for (const [file, kind] of kinds) {
    const answer = await files.policy(file, kind);
    if ('problem' in answer) unusable.set(file, answer.problem);
  }
  return unusable;
}

export interface ScenarioFilesOptions {
  /** What is said of a path that leads out of the root; left out, the words of the editor. */
  readonly outside?: string | undefined;
  /** Left out: only policies can be read. */
  readonly bytes?: ReadBytes | undefined;
}

/**
 * The files that a scenario names, from its folder.
 *
 * @param root no path may lead out of this folder
 */
export function scenarioFiles(
  scenario: string,
  root: string,
  read: ReadDocument,
  { outside = 'lies outside of the workspace folder: keep the file inside', bytes }: ScenarioFilesOptions = {},
): ScenarioFiles {
  const documents = new Map<string, SourceDocument>();
  return {
    get documents() {
      return [...documents.values()];
    },
    async policy(path, kind) {
      const uri = policyUri(scenario, path, root);
      if (uri === undefined) return { problem: outside };
      const document = await read(uri, kind);
      const problem = document ? whyNoPolicy(document) : UNREADABLE;
      if (!document?.policy || problem) return { problem: problem ?? 'holds no policy' };
      documents.set(uri, document);
      return { uri: document.uri, policy: document.policy.policy };
    },
    async bytes(path, most) {
      const uri = policyUri(scenario, path, root);
      if (uri === undefined) return { problem: outside };
      const content = await bytes?.(uri, most);
      return content ? { bytes: content } : { problem: UNREADABLE };
    },
  };
}

const UNREADABLE = 'cannot be read: mend the path or add the file';

/** The file that a path of a scenario leads to; undefined where it leads out of `root`. */
export function policyUri(scenario: string, path: string, root: string): string | undefined {
  return resolveUri(folderOf(scenario) ?? '', path, root);
}

/** The folder that no path of a scenario may lead out of, be it open in the editor or not. */
export function rootOfScenario(scenario: string, roots: readonly string[]): string {
  return rootOf(folderOf(scenario) ?? '', roots);
}
