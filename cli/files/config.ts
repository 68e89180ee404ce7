import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Config } from '../../server/config/config.ts';
import type { ConfigFile } from '../../server/config/file.ts';
import { ConfigStore } from '../../server/config/store.ts';
import { CommandError } from '../failure.ts';
import { displayName, reasonOf, uriOf } from './read.ts';

/** The `.kms-lens.json` files between the files of a run and the current folder. */
export class CliConfigs {
  private readonly store = new ConfigStore(read);
  private readonly told = new Set<string>();

  constructor() {
    this.store.roots = [pathToFileURL(process.cwd()).href];
  }

  /** The configuration of a file, or of standard input. @throws {CommandError} where it cannot be read */
  async of(path: string): Promise<Config> {
    return this.store.load(uriOf(path));
  }

  /** Every file that a configuration was made of. */
  found(): Promise<ConfigFile[]> {
    return this.store.found();
  }

  /** What is wrong with its files, with the place; nothing is told twice. */
  newMistakes({ files }: Config): string[] {
    const fresh = files.filter(({ uri }) => !this.told.has(uri));
    for (const { uri } of fresh) this.told.add(uri);
    return fresh.flatMap(mistakesOf);
  }
}

function mistakesOf({ uri, document, problems }: ConfigFile): string[] {
  return problems.map(({ span, message }) => {
    const { line, character } = document.rangeOfSpan(span).start;
    return `${displayName(fileURLToPath(uri))}:${line + 1}:${character + 1}: ${message}`;
  });
}

async function read(uri: string): Promise<string | undefined> {
  const path = fileURLToPath(uri);
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw new CommandError(`cannot read \`${displayName(path)}\`: ${reasonOf(error)}`);
  });
}
