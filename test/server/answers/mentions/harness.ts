import { expect } from 'vitest';
import { mentionsAt } from '../../../../server/answers/mentions/at.ts';
import { type Located, MentionIndex, relatedIn } from '../../../../server/answers/mentions/index.ts';
import type { DocumentMentions } from '../../../../server/answers/mentions/mention.ts';
import { mentionsIn } from '../../../../server/answers/mentions/of-document.ts';
import { SourceDocument } from '../../../../server/documents/source.ts';
import type { Range } from '../../../../server/protocol.ts';

const ROOT = 'file:///folder/';

/** What a document of the folder is called in it. */
export const nameOf = (uri: string): string => uri.slice(ROOT.length);
const ROOTS = [ROOT];

export const APP = 'arn:aws:iam::111122223333:role/App';
export const KEY = '1234abcd-12ab-34cd-56ef-1234567890ab';
export const KEY_ARN = `arn:aws:kms:us-east-1:111122223333:key/${KEY}`;

/** A key policy of one statement. */
export const policy = (principal: string, more = ''): string =>
  `{ "Version": "2012-10-17", "Statement": [{ "Sid": "Use", "Effect": "Allow", "Principal": { "AWS": "${principal}" }, "Action": "kms:Decrypt", "Resource": "*"${more} }] }`;

/** Documents by their names, with the cursor where `$0` stands. */
export class Folder {
  readonly sources: ReadonlyMap<string, SourceDocument>;
  readonly documents: readonly DocumentMentions[];
  readonly cursor: { readonly uri: string; readonly position: Range['start'] };

  constructor(files: Readonly<Record<string, string>>) {
    let cursor: { name: string; offset: number } | undefined;
    this.sources = new Map(
      Object.entries(files).map(([name, marked]) => {
        const offset = marked.indexOf('$0');
        if (offset >= 0) cursor = { name, offset };
        return [name, new SourceDocument({ uri: ROOT + name, text: marked.replace('$0', '') })];
      }),
    );
    this.documents = [...this.sources.values()].map((source) => mentionsIn(source, ROOTS));
    expect(cursor, 'no document has `$0`').toBeDefined();
    const source = this.sources.get(cursor?.name ?? '');
    const at = cursor?.offset ?? 0;
    this.cursor = {
      uri: source?.uri ?? '',
      position: source?.rangeOfSpan({ start: at, end: at }).start ?? { line: 0, character: 0 },
    };
  }

  get own(): DocumentMentions {
    const found = this.documents.find(({ uri }) => uri === this.cursor.uri);
    if (!found) throw new Error('no document has the cursor');
    return found;
  }

  get related(): readonly Located[] {
    const { uri, position } = this.cursor;
    return mentionsAt(this.own, position).flatMap((mention) => relatedIn(this.documents, { uri, mention }));
  }

  /** `name: text` of ranges, definitions with a `!`. */
  get found(): readonly string[] {
    return this.related.map(
      ({ uri, mention: { range, role } }) =>
        `${nameOf(uri)}${role === 'definition' ? '!' : ''}: ${this.textOf(uri, range)}`,
    );
  }

  textOf(uri: string, range: Range): string {
    const source = this.sources.get(nameOf(uri));
    return source?.text.slice(source.offsetAt(range.start), source.offsetAt(range.end)) ?? '';
  }

  /** The documents that change, with their texts afterwards. */
  edited(places: ReadonlyMap<string, readonly Range[]>, name: string): Record<string, string> {
    return Object.fromEntries(
      [...places].map(([uri, ranges]) => {
        const source = this.sources.get(nameOf(uri));
        if (!source) throw new Error(`no ${uri}`);
        let { text } = source;
        for (const { start, end } of [...ranges].sort((a, b) => source.offsetAt(b.start) - source.offsetAt(a.start)))
          text = text.slice(0, source.offsetAt(start)) + name + text.slice(source.offsetAt(end));
        return [nameOf(uri), text];
      }),
    );
  }
}

/** An index over texts that a test changes, with what it read. */
export function indexOver(files: Map<string, string | undefined>, watches = true) {
  const read: string[] = [];
  const opened = new Map<string, SourceDocument>();
  let now = 0;
  const index = new MentionIndex(
    {
      roots: () => ROOTS,
      find: async () => [...files.keys()].map((name) => ROOT + name),
      open: () => [...opened.keys()],
      opened: (uri) => opened.get(uri),
      stored: async (uri) => {
        const name = nameOf(uri);
        read.push(name);
        const text = files.get(name);
        return text === undefined ? undefined : new SourceDocument({ uri, text });
      },
      configured: async () => undefined,
      watches: () => watches,
    },
    () => now,
  );
  return {
    index,
    read,
    open: (name: string, text: string) => {
      const source = new SourceDocument({ uri: ROOT + name, text });
      opened.set(source.uri, source);
      return source;
    },
    close: (name: string) => opened.delete(ROOT + name),
    later: (by: number) => {
      now += by;
    },
    uriOf: (name: string) => ROOT + name,
  };
}
