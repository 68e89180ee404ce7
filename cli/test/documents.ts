import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { ReadDocument } from '../../server/config/listed-policies.ts';
import type { ReadBytes } from '../../server/config/scenario-files.ts';
import { type DocumentKind, languageIdOf } from '../../server/documents/kinds.ts';
import { SourceDocument } from '../../server/documents/source.ts';
import { readBytes } from '../../server/node/read-bytes.ts';
import { displayName, readDocument } from '../files/read.ts';

export interface Change {
  readonly uri: string;
  readonly what: 'changed' | 'new' | 'deleted';
}

/** The documents of a run. Each is read once, since scenarios share policies, and the text is kept to notice changes. */
export class TestDocuments {
  /** By URI; undefined: there was no such file. */
  private readonly texts = new Map<string, Promise<string | undefined>>();
  private readonly contents = new Map<string, { readonly most: number; readonly bytes: ReturnType<ReadBytes> }>();
  private readonly policies = new Map<string, Promise<SourceDocument | undefined>>();
  private readonly names = new Map<string, string>();
  /** Whatever was read last under a URI; all kinds agree about where things stand. */
  private readonly byUri = new Map<string, SourceDocument>();

  /** @throws {CommandError} where it cannot be read */
  async scenario(path: string): Promise<SourceDocument> {
    const document = await readDocument(path, { as: 'scenario' });
    this.texts.set(document.uri, Promise.resolve(document.text));
    this.byUri.set(document.uri, document);
    return document;
  }

  readonly read: ReadDocument = (uri, kind) => {
    const key = `${kind} ${uri}`;
    let document = this.policies.get(key);
    if (!document) {
      document = this.open(uri, kind);
      this.policies.set(key, document);
    }
    return document;
  };

  readonly bytes: ReadBytes = (uri, most) => {
    const content = this.contents.get(uri) ?? { most, bytes: readBytes(uri, most) };
    this.contents.set(uri, content);
    return content.bytes;
  };

  /** Reads a text only to notice when it changes. */
  note(uri: string): Promise<string | undefined> {
    let text = this.texts.get(uri);
    if (!text) {
      text = textOf(uri);
      this.texts.set(uri, text);
    }
    return text;
  }

  /** As people and programs are told. */
  readonly nameOf = (uri: string): string => {
    let name = this.names.get(uri);
    if (name === undefined) {
      name = uri.startsWith('file:') ? displayName(fileURLToPath(uri)) : uri;
      this.names.set(uri, name);
    }
    return name;
  };

  get(uri: string): SourceDocument | undefined {
    return this.byUri.get(uri);
  }

  /** The files that are not as they were read. */
  async changed(): Promise<Change[]> {
    const compared = [...this.texts].map(async ([uri, reading]): Promise<Change[]> => {
      const [before, now] = [await reading, await textOf(uri)];
      if (now === before) return [];
      return [{ uri, what: now === undefined ? 'deleted' : before === undefined ? 'new' : 'changed' }];
    });
    const files = [...this.contents].map(async ([uri, { most, bytes }]): Promise<Change[]> => {
      const [before, now] = [await bytes, await readBytes(uri, most)];
      if (before && now ? Buffer.compare(before, now) === 0 : before === now) return [];
      return [{ uri, what: now === undefined ? 'deleted' : before === undefined ? 'new' : 'changed' }];
    });
    return (await Promise.all([...compared, ...files])).flat();
  }

  /** Reads these again when somebody asks. */
  forget(uris: Iterable<string>): void {
    for (const uri of uris) {
      this.texts.delete(uri);
      this.contents.delete(uri);
      this.byUri.delete(uri);
      for (const key of this.policies.keys()) if (key.endsWith(` ${uri}`)) this.policies.delete(key);
    }
  }

  private async open(uri: string, kind: DocumentKind): Promise<SourceDocument | undefined> {
    const text = await this.note(uri);
    if (text === undefined) return undefined;
    const document = new SourceDocument({ uri, text, languageId: languageIdOf(kind) });
    this.byUri.set(uri, document);
    return document;
  }
}

const textOf = (uri: string): Promise<string | undefined> =>
  readFile(fileURLToPath(uri), 'utf8').catch(() => undefined);
