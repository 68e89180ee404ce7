import { readdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { kindOfName } from '../../server/documents/kinds.ts';
import type { DocumentFacts } from '../../server/rules/rule.ts';
import { factsFromScenarios } from '../../server/scenarios/facts.ts';
import { ScenarioIndex } from '../../server/scenarios/scenario-index.ts';
import { readAs, uriOf } from './read.ts';

/**
 * What scenarios say of the files of a run: those that the run looks at, and those in the folders of its files and above
 * them, up to the current one.
 */
export class CliScenarios {
  private readonly index: ScenarioIndex;
  private readonly roots = [pathToFileURL(process.cwd()).href];

  /** @param files every file of the run */
  constructor(files: readonly string[]) {
    this.index = new ScenarioIndex({
      roots: () => this.roots,
      find: () => scenariosAround(files),
      open: () => [],
      read: (uri) => readAs(uri, 'scenario'),
    });
  }

  async factsOf(uri: string): Promise<DocumentFacts> {
    return factsFromScenarios(await this.index.usesOf(uri), this.roots, (each) => readAs(each, 'key-policy'));
  }
}

async function scenariosAround(files: readonly string[]): Promise<readonly string[]> {
  const scenarios = new Set(files.filter((file) => kindOfName(file) === 'scenario').map(uriOf));
  const folders = new Set(files.flatMap((file) => foldersAbove(dirname(resolve(file)))));
  for (const folder of folders)
    for (const name of await readdir(folder).catch((): string[] => []))
      if (kindOfName(name) === 'scenario') scenarios.add(uriOf(join(folder, name)));
  return [...scenarios].sort();
}

/** A folder and those above it, up to the current one; of a folder elsewhere itself alone. */
function foldersAbove(folder: string): string[] {
  const current = process.cwd();
  const isInside = !relative(current, folder).startsWith('..');
  const folders = [folder];
  for (let above = folder; isInside && above !== current; folders.push(above)) above = dirname(above);
  return folders;
}
