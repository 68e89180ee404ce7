import { CONFIG_NAME } from '../protocol.ts';
import { Config, NO_CONFIG } from './config.ts';
import type { ConfigFile } from './file.ts';
import { readConfig } from './read.ts';
import { folderOf, foldersOf } from './uris.ts';

/** The configuration files of a workspace: each read once, until something changes. */
export class ConfigStore {
  /** The workspace folders; no file above them counts. */
  roots: readonly string[] = [];
  private readonly read: (uri: string) => Promise<string | undefined>;
  private readonly files = new Map<string, Promise<ConfigFile | undefined>>();
  /** By the documents' own folder. */
  private readonly loaded = new Map<string, Config>();
  private readonly loading = new Set<Promise<unknown>>();
  private generation = 0;

  /** @param read gives the text of a file, undefined where there is none */
  constructor(read: (uri: string) => Promise<string | undefined>) {
    this.read = read;
  }

  /** The configuration of a document. */
  async load(uri: string): Promise<Config> {
    const { generation } = this;
    const loaded = this.loaded.get(folderOf(uri) ?? '');
    const work = loaded ? Promise.resolve(loaded) : this.combine(foldersOf(uri, this.roots));
    this.loading.add(work);
    try {
      const config = await work;
      // What was read before a change says nothing about the time after it.
      if (generation !== this.generation) return this.load(uri);
      this.loaded.set(folderOf(uri) ?? '', config);
      return config;
    } finally {
      this.loading.delete(work);
    }
  }

  /** The configuration of a document as far as it is loaded, for those who cannot wait. */
  known(uri: string): Config {
    return this.loaded.get(folderOf(uri) ?? '') ?? NO_CONFIG;
  }

  /** Every file that was found so far, in the order of their URIs. */
  async found(): Promise<ConfigFile[]> {
    const files = await Promise.all(this.files.values());
    return files.filter((file) => file !== undefined).sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  /** When nothing is being loaded any more. */
  async settled(): Promise<void> {
    while (this.loading.size > 0) await Promise.allSettled(this.loading);
  }

  /** Everything is read again when it is next asked for. */
  forget(): void {
    this.generation += 1;
    this.files.clear();
    this.loaded.clear();
  }

  private async combine(folders: readonly string[]): Promise<Config> {
    const files = await Promise.all(folders.map((folder) => this.fileIn(folder)));
    const found = files.filter((file) => file !== undefined);
    return found.length === 0 ? NO_CONFIG : new Config(found);
  }

  private fileIn(folder: string): Promise<ConfigFile | undefined> {
    let file = this.files.get(folder);
    if (!file) {
      const uri = `${folder}${CONFIG_NAME}`;
      file = this.read(uri).then((text) => (text === undefined ? undefined : readConfig(uri, text, this.roots)));
      this.files.set(folder, file);
    }
    return file;
  }
}
