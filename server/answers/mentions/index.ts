import { pathBelow } from '../../config/uris.ts';
import type { DocumentKind } from '../../documents/kinds.ts';
import type { SourceDocument } from '../../documents/source.ts';
import type { DocumentMentions, Mention } from './mention.ts';
import { mentionsIn } from './of-document.ts';
import { isSameHome } from './subject.ts';

/** A mention with the document that it stands in. */
export interface Located {
  readonly uri: string;
  readonly mention: Mention;
}

/** How the documents of a workspace are found and read: handed in, as all files are. */
export interface MentionSource {
  /** The workspace folders. */
  roots(): readonly string[];
  /** The stored documents that may be ours. */
  find(): Promise<readonly string[]>;
  /** Those that are open, stored or not. */
  open(): readonly string[];
  /** The document as it is edited now; undefined where it is not open. */
  opened(uri: string): SourceDocument | undefined;
  /** A stored document. Undefined where it cannot be read or is none of ours. */
  stored(uri: string): Promise<SourceDocument | undefined>;
  /** The kind that the configuration gives a document. */
  configured(uri: string): Promise<DocumentKind | undefined>;
  /** Whether somebody says when stored documents change. */
  watches(): boolean;
}

interface Stored {
  readonly configured: DocumentKind | undefined;
  readonly mentions: Promise<DocumentMentions | undefined>;
}

/**
 * Who is named where in a workspace. Each stored document is read once, until somebody says that it changed; of its text
 * nothing is kept. Open documents are read as they are edited, once for each version.
 */
export class MentionIndex {
  private readonly source: MentionSource;
  private readonly now: () => number;
  private found: Promise<readonly string[]> | undefined;
  /** Stored since. What finds documents may have looked a while ago. */
  private readonly appeared = new Set<string>();
  private readonly stored = new Map<string, Stored>();
  private readAt = 0;

  constructor(source: MentionSource, now: () => number = Date.now) {
    this.source = source;
    this.now = now;
  }

  /** What an open document names. */
  in(source: SourceDocument): DocumentMentions {
    return mentionsIn(source, this.source.roots());
  }

  /** What each document names, in the order of their URIs. */
  async documents(): Promise<readonly DocumentMentions[]> {
    if (!this.source.watches() && FRESH <= this.now() - this.readAt) this.forgetAll();
    if (!this.found) {
      this.found = this.source.find();
      this.readAt = this.now();
    }
    const uris = new Set([...(await this.found), ...this.appeared, ...this.source.open()]);
    const sorted = [...uris].sort();
    const documents: DocumentMentions[] = [];
    for (let start = 0; start < sorted.length; start += TOGETHER) {
      const some = await Promise.all(sorted.slice(start, start + TOGETHER).map((uri) => this.document(uri)));
      for (const each of some) if (each) documents.push(each);
    }
    return documents;
  }

  /** Every mention of what a mention names, itself included, in the order of documents and their text. */
  async all(of: Located): Promise<readonly Located[]> {
    return relatedIn(await this.documents(), of);
  }

  /** A document is stored that was not there before. */
  add(uri: string): void {
    this.forget(uri);
    const roots = this.source.roots().map((root) => (root.endsWith('/') ? root : `${root}/`));
    const path = roots.map((root) => pathBelow(root, uri)).find((each) => each !== undefined);
    if (path !== undefined && !OF_OTHERS.test(path)) this.appeared.add(uri);
  }

  /** Other documents count from now on. */
  forgetAll(): void {
    this.found = undefined;
    this.appeared.clear();
    this.stored.clear();
  }

  /** A document reads otherwise by now. */
  forget(uri: string): void {
    this.stored.delete(uri);
  }

  private async document(uri: string): Promise<DocumentMentions | undefined> {
    const open = this.source.opened(uri);
    if (open) return this.in(open);
    const configured = await this.source.configured(uri);
    let stored = this.stored.get(uri);
    if (stored?.configured !== configured || !stored) {
      const mentions = this.source.stored(uri).then((source) => source && this.in(source));
      stored = { configured, mentions };
      this.stored.set(uri, stored);
    }
    return stored.mentions;
  }
}

/** The mentions in these documents of what a mention names. */
export function relatedIn(documents: readonly DocumentMentions[], of: Located): Located[] {
  return documents.flatMap(({ uri, byId }) =>
    (byId.get(of.mention.subject.id) ?? []).flatMap((mention) =>
      isRelated(of, { uri, mention }) ? [{ uri, mention }] : [],
    ),
  );
}

function isRelated(a: Located, b: Located): boolean {
  if (a.mention.subject.kind !== 'sid') return isSameHome(a.mention.subject, b.mention.subject);
  const [x, y] = [a.mention, b.mention];
  // A `Sid` means something within its policy; a configuration says which documents it speaks of.
  if (x.covers) return y.covers ? x === y : x.covers(b.uri);
  if (y.covers) return y.covers(a.uri);
  return a.uri === b.uri && x.subject.home === y.subject.home;
}

/** So many texts are in memory at a time. */
const TOGETHER = 16;

/** Folders that hold what others wrote. */
const OF_OTHERS = /(^|\/)(\.[^/]+|node_modules)\//;

/** In milliseconds; for clients that do not tell of changes. */
const FRESH = 5000;
