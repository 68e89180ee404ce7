import type { Path, Place } from '../../../simulator/json/place.ts';
import { kept } from '../../../simulator/text/remembered.ts';
import type { SourceDocument } from '../../documents/source.ts';
import type { Range } from '../../protocol.ts';
import { type Pattern, patternOf, type Subject } from './subject.ts';

/** Where a document names something. It holds nothing of the document itself, of which there may be a thousand. */
export interface Mention {
  readonly subject: Subject;
  readonly role: 'definition' | 'use';
  /** The characters, without quotes. */
  readonly range: Range;
  /** The part of them that is the name. */
  readonly name: Range | undefined;
  /** What the mention is part of. */
  readonly owner: Owner | undefined;
  /** Of a `Sid` in a configuration: which documents it is about. */
  readonly covers?: (uri: string) => boolean;
}

/** A part of a document that names things. */
export interface Owner {
  readonly kind: 'statement' | 'grant' | 'step' | 'principal' | 'key';
  readonly title: string;
  readonly detail: string;
  readonly range: Range;
  readonly selection: Range;
  /** Of a principal or a key that is declared here. */
  readonly subject?: Subject;
}

/** A path to a policy. */
export interface PolicyPath {
  readonly range: Range;
  readonly uri: string;
}

export interface PatternMention {
  readonly pattern: Pattern;
  readonly range: Range;
}

/** Everything that one document names. */
export interface DocumentMentions {
  readonly uri: string;
  readonly mentions: readonly Mention[];
  readonly byId: ReadonlyMap<string, readonly Mention[]>;
  readonly owners: readonly Owner[];
  readonly paths: readonly PolicyPath[];
  readonly patterns: readonly PatternMention[];
  /** Its text is no proper JSON, so that something may be missing. */
  readonly broken: boolean;
}

/** Collects what a document names. */
export class MentionWriter {
  readonly source: SourceDocument;
  private readonly mentions: Mention[] = [];
  private readonly owners: Owner[] = [];
  private readonly paths: PolicyPath[] = [];
  private readonly patterns: PatternMention[] = [];

  constructor(source: SourceDocument) {
    this.source = source;
  }

  /** A text at a place. What stands for many is kept apart; what names nothing is left out. */
  text(
    text: string,
    place: Place,
    read: (text: string) => Subject | undefined,
    more: Partial<Pick<Mention, 'owner' | 'role'>> = {},
  ): void {
    const subject = read(text);
    if (subject) return this.add(subject, text, place, more);
    const pattern = patternOf(text);
    if (pattern) this.patterns.push({ pattern, range: this.rangeIn(place, 0, text.length) });
  }

  add(
    subject: Subject,
    text: string,
    place: Place,
    more: Partial<Pick<Mention, 'owner' | 'role' | 'covers'>> = {},
  ): void {
    const { name } = subject;
    const { owner, role = 'use', covers } = more;
    const range = this.rangeIn(place, 0, text.length);
    const isWhole = name?.start === 0 && name.end === text.length;
    this.mentions.push({
      subject,
      role,
      range,
      name: name && (isWhole ? range : this.rangeIn(place, name.start, name.end)),
      owner,
      ...(covers ? { covers } : {}),
    });
  }

  /** A name that stands for a subject and is not its own: it stays when that gets another. */
  addByName(subject: Subject, text: string, place: Place, more: Partial<Pick<Mention, 'owner' | 'role'>> = {}): void {
    const { owner, role = 'use' } = more;
    this.mentions.push({ subject, role, range: this.rangeIn(place, 0, text.length), name: undefined, owner });
  }

  owner(owner: Omit<Owner, 'range' | 'selection'>, path: Path): Owner {
    const isMember = typeof path.at(-1) === 'string';
    const range = this.source.rangeOf(isMember ? { path, part: 'member' } : { path });
    const selection = isMember ? this.source.rangeOf({ path, part: 'key' }) : { start: range.start, end: range.start };
    const made = { ...owner, title: kept(owner.title), detail: kept(owner.detail), range, selection };
    this.owners.push(made);
    return made;
  }

  path(range: Range, uri: string | undefined): void {
    if (uri !== undefined) this.paths.push({ range, uri });
  }

  finish(broken: boolean): DocumentMentions {
    const byId = new Map<string, Mention[]>();
    for (const mention of this.mentions) {
      const same = byId.get(mention.subject.id);
      if (same) same.push(mention);
      else byId.set(mention.subject.id, [mention]);
    }
    const { uri } = this.source;
    const { mentions, owners, paths, patterns } = this;
    return { uri, mentions, byId, owners, paths, patterns, broken };
  }

  private rangeIn(place: Place, start: number, end: number): Range {
    const base = place.span?.start ?? 0;
    return this.source.rangeOf({ ...place, span: { start: base + start, end: base + end } });
  }
}
