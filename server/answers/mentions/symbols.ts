import { fileNameOf } from '../../config/uris.ts';
import type { Range } from '../../protocol.ts';
import type { DocumentMentions } from './mention.ts';

export type EntryKind = 'principal' | 'key' | 'alias' | 'sid' | 'scenario' | 'step' | 'grant';

/** Something of the workspace that people look for by its name. */
export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
  readonly uri: string;
  readonly range: Range;
  readonly container: string;
}

/** What fits a query, the best first. Its characters have to be there in their order, capitals or not. */
export function entriesFor(documents: readonly DocumentMentions[], query: string): readonly Entry[] {
  const wanted = [...query.toLowerCase()].filter((character) => character.trim() !== '');
  const found: { readonly entry: Entry; readonly score: number }[] = [];
  for (const entry of entriesIn(documents)) {
    const score = scoreOf(entry.name.toLowerCase(), wanted);
    if (score !== undefined) found.push({ entry, score });
  }
  return found
    .sort((a, b) => a.score - b.score || a.entry.name.length - b.entry.name.length)
    .slice(0, MOST)
    .map(({ entry }) => entry);
}

/** Lists of more nobody reads; whoever types on gets others. */
const MOST = 500;

/** How much lies between the characters; undefined where one is missing. */
function scoreOf(name: string, wanted: readonly string[]): number | undefined {
  let at = -1;
  let score = 0;
  for (const character of wanted) {
    const next = name.indexOf(character, at + 1);
    if (next < 0) return undefined;
    if (next !== at + 1) score += 1;
    at = next;
  }
  return score;
}

function* entriesIn(documents: readonly DocumentMentions[]): Generator<Entry> {
  const declared = new Set<string>();
  for (const { mentions } of documents)
    for (const { subject, role } of mentions) if (role === 'definition') declared.add(subject.id);
  for (const document of documents) yield* entriesOf(document, declared);
}

/** @param declared what has an entry: what is declared nowhere has one where it is first named */
function* entriesOf({ uri, mentions, owners }: DocumentMentions, declared: Set<string>): Generator<Entry> {
  const container = fileNameOf(uri);
  if (container.endsWith('.kms-scenario.json'))
    yield { name: container.slice(0, -'.kms-scenario.json'.length), kind: 'scenario', uri, range: TOP, container };
  for (const { kind, title, detail, selection: range } of owners) {
    if (kind === 'statement') continue;
    yield { name: title, kind, uri, range, container: kind === 'principal' && detail !== '' ? detail : container };
  }
  for (const { subject, role, range, owner } of mentions) {
    const { kind, title, id } = subject;
    // Principals and keys that are declared are there as owners.
    if (
      kind === 'principal' || kind === 'key' ? declared.has(id) : role === 'use' && (kind === 'sid' || declared.has(id))
    )
      continue;
    if (kind !== 'sid') declared.add(id);
    yield { name: title, kind, uri, range, container: kind === 'sid' ? container : (owner?.title ?? container) };
  }
}

const TOP: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
