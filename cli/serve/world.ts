import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SourceDocument } from '../../server/documents/source.ts';
import { openScenario } from '../../server/scenarios/open.ts';
import type { ScenarioWorld } from '../../simulator/scenario/world.ts';
import { CommandError } from '../failure.ts';
import { displayName } from '../files/read.ts';
import { TestDocuments } from '../test/documents.ts';
import type { ServeOptions } from './options.ts';

/**
 * The world that is served at first.
 * @param known the account of a state that is there
 * @throws {CommandError} where the scenario cannot be read or has mistakes
 */
export async function startingWorld(
  { scenario: path, account, root = '.' }: Pick<ServeOptions, 'scenario' | 'account' | 'root'>,
  known?: string,
): Promise<ScenarioWorld> {
  const documents = new TestDocuments();
  if (path !== undefined && account !== undefined)
    throw new CommandError('`--account` is for an empty world: a scenario names its account itself');
  const document = path === undefined ? emptyWorld(account ?? known) : await documents.scenario(path);
  const folder = pathToFileURL(resolve(root)).href.replace(/\/?$/, '/');
  const { world, errors } = await openScenario(document, folder, documents.read, { bytes: documents.bytes });
  if (world) return world;
  const name = path === undefined ? 'the empty world' : displayName(path);
  throw new CommandError(
    [
      `\`${name}\` has mistakes:`,
      ...errors.map(
        ({ message, range }) => `  ${name}:${range.start.line + 1}:${range.start.character + 1}  ${message}`,
      ),
    ].join('\n'),
  );
}

function emptyWorld(account: string | undefined): SourceDocument {
  const text = JSON.stringify(account === undefined ? {} : { account });
  return new SourceDocument({ uri: 'kms-lens:empty', text, languageId: 'kms-scenario' });
}
