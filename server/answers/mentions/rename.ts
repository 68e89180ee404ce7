import { fileNameOf } from '../../config/uris.ts';
import type { Range } from '../../protocol.ts';
import type { Refusal } from '../scenario/rename.ts';
import { holds, mentionsAt } from './at.ts';
import { type Located, relatedIn } from './index.ts';
import type { DocumentMentions, Mention, PatternMention } from './mention.ts';
import { isSameHome, principalOf, type Subject, subjectOf } from './subject.ts';

export interface Renamable {
  readonly mention: Mention;
  /** The characters of the name. */
  readonly range: Range;
  readonly text: string;
}

/** The places that get another name, by document. */
export type NamePlaces = ReadonlyMap<string, readonly Range[]>;

/** The name at a position that can be another one throughout the workspace; undefined where nothing is named. */
export function renamableMention(
  mentions: DocumentMentions,
  position: Range['start'],
): Renamable | Refusal | undefined {
  const found = mentionsAt(mentions, position);
  const mention = found.find(({ name }) => name);
  if (mention?.name) return { mention, range: mention.name, text: nameOf(mention.subject) };
  const [fixed] = found.flatMap(({ subject }) => subject.fixed ?? []);
  if (fixed !== undefined) return { problem: `${fixed}, and nobody can change it` };
  const pattern = mentions.patterns.find(({ range }) => holds(range, position))?.pattern;
  return pattern && { problem: `\`${pattern.text}\` stands for whatever it matches, and is no name` };
}

/** Where the name has to change for something to be called otherwise, or why it cannot be. */
export function renamedEverywhere(
  documents: readonly DocumentMentions[],
  of: Located,
  written: string,
): NamePlaces | Refusal {
  const { subject } = of.mention;
  const name = newNameOf(subject, written);
  const related = relatedIn(documents, of);
  const problem =
    whyNoNameFor(subject, name) ??
    (subject.kind === 'sid'
      ? whySidStays(documents, subject, related, name)
      : whyStays(documents, subject, related, name));
  if (problem !== undefined) return { problem };
  const places = new Map<string, Range[]>();
  for (const { uri, mention } of related) {
    if (!mention.name) continue;
    const ranges = places.get(uri);
    if (ranges) ranges.push(mention.name);
    else places.set(uri, [mention.name]);
  }
  return places;
}

/** People write aliases with or without what they begin with. */
export function newNameOf({ kind }: Subject, written: string): string {
  return kind === 'alias' ? written.replace(/^alias\//, '') : written;
}

function nameOf({ kind, title, name }: Subject): string {
  return kind === 'alias' ? title.slice(ALIAS.length) : title.slice(name?.start, name?.end);
}

/** What AWS takes as a name. */
function whyNoNameFor({ kind, id }: Subject, name: string): string | undefined {
  const type = kind === 'principal' ? id.slice(0, id.indexOf(' ')) : kind;
  const [pattern, otherwise] = NAMES[type] ?? IAM_NAME;
  if (!pattern.test(name)) return `\`${name}\` is no name that AWS takes here: ${otherwise}`;
  if (kind === 'alias' && name.startsWith('aws/'))
    return 'aliases that begin with `alias/aws/` belong to AWS: choose another name';
  return undefined;
}

type NameRule = readonly [RegExp, string];

const IAM_NAME: NameRule = [/^[\w+=,.@-]{1,64}$/, 'write up to 64 letters, digits and characters of `+=,.@_-`'];
const NAMES: Readonly<Record<string, NameRule>> = {
  'federated-user': [/^[\w+=,.@-]{2,32}$/, 'write 2 to 32 letters, digits and characters of `+=,.@_-`'],
  'saml-provider': [/^[\w.-]{1,128}$/, 'write up to 128 letters, digits and characters of `._-`'],
  alias: [/^[A-Za-z0-9/_-]{1,250}$/, 'write up to 250 letters, digits and characters of `/_-`'],
  // A quote or a backslash would need as many escapes as the policy lies deep.
  sid: [/^[^"\\\p{Cc}]+$/u, 'write a `Sid` without quotes and backslashes'],
};

function whyStays(
  documents: readonly DocumentMentions[],
  { id, title }: Subject,
  related: readonly Located[],
  name: string,
): string | undefined {
  const named = related.filter(({ mention }) => mention.name);
  const homes = new Set(
    documents.flatMap(({ byId }) => byId.get(id)?.flatMap(({ subject }) => subject.home ?? []) ?? []),
  );
  if (1 < homes.size && named.some(({ mention }) => mention.subject.home === undefined))
    return `\`${title}\` is there in several places (${list(homes)}), and not every mention says which it means: write its ARN there first`;
  const paths = new Set(named.flatMap(({ mention }) => mention.subject.path ?? []));
  if (1 < paths.size)
    return `\`${title}\` is written with several paths (${list(paths)}), though an account has the name once: mend that first`;
  const broken = new Set(documents.flatMap(({ broken, uri }) => (broken ? [uri] : [])));
  const unsure = named.find(({ uri }) => broken.has(uri));
  if (unsure) return `\`${fileNameOf(unsure.uri)}\` is no proper JSON, so that a mention may be missed: mend it first`;
  // One thing has few ways to write it, however often it is written.
  const forms = new Map(named.map(({ mention: { subject } }) => [`${subject.title} ${subject.home}`, subject]));
  for (const form of forms.values()) {
    const problem = whyFormStays(documents, form, name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function whyFormStays(documents: readonly DocumentMentions[], form: Subject, name: string): string | undefined {
  const after = withName(form, name);
  if (!after || after.id === form.id) return undefined;
  const taken = documents.find(({ byId }) => byId.get(after.id)?.some(({ subject }) => isSameHome(subject, after)));
  if (taken) return `\`${after.title}\` is named in \`${fileNameOf(taken.uri)}\` already: choose another name`;
  for (const { uri, patterns } of documents) {
    for (const { pattern } of patterns) {
      const before = matches(pattern, form);
      if (before === matches(pattern, after)) continue;
      const what = before ? 'may mean it and would not any more' : 'does not mean it and would from then on';
      return `\`${pattern.text}\` in \`${fileNameOf(uri)}\` ${what}: mend that first`;
    }
  }
  return undefined;
}

/** An alias is compared as a name and, where it is known where it is, as an ARN; a role with its sessions. */
function matches(pattern: PatternMention['pattern'], { kind, id, title, home }: Subject): boolean {
  if (pattern.matches(title)) return true;
  const [type, ofRole, owner, role] = kind === 'principal' ? id.split(' ') : [];
  if (type === 'role') return pattern.matches(`arn:${ofRole}:sts::${owner}:assumed-role/${role}/session`);
  const [partition, region, account] = kind === 'alias' ? (home?.split(':') ?? []) : [];
  return partition !== undefined && pattern.matches(`arn:${partition}:kms:${region}:${account}:${title}`);
}

/** As it would be called. */
function withName({ kind, title, name, home }: Subject, written: string): Subject | undefined {
  if (kind !== 'alias') return name && principalOf(title.slice(0, name.start) + written + title.slice(name.end));
  const alias = subjectOf(`${ALIAS}${written}`);
  return alias && { ...alias, home };
}

function whySidStays(
  documents: readonly DocumentMentions[],
  { title }: Subject,
  related: readonly Located[],
  name: string,
): string | undefined {
  const statements = related.filter(({ mention }) => !mention.covers);
  if (1 < statements.length)
    return `${statements.length} statements have the \`Sid\` \`${title}\`: rename each by hand`;
  const [statement] = statements;
  if (!statement) return `no statement has the \`Sid\` \`${title}\`: mend the entry by hand`;
  for (const entry of relatedIn(documents, statement)) {
    const others = entry.mention.covers ? relatedIn(documents, entry) : [];
    const other = others.find(({ mention }) => !mention.covers && mention !== statement.mention);
    if (other)
      return `\`${fileNameOf(entry.uri)}\` accepts findings under this \`Sid\` in \`${fileNameOf(other.uri)}\`, too: give that entry a \`path\` first`;
  }
  const own = documents.find(({ uri }) => uri === statement.uri)?.byId.get(`sid ${name}`);
  const isTaken = name !== title && own?.some(({ subject }) => subject.home === statement.mention.subject.home);
  return isTaken ? `another statement has the \`Sid\` \`${name}\`: choose another name` : undefined;
}

const ALIAS = 'alias/';

const list = (texts: Iterable<string>): string => [...texts].map((text) => `\`${text || '/'}\``).join(', ');
