import type { Location } from 'vscode-languageserver';
import { mentionsAt, pathAt } from '../answers/mentions/at.ts';
import { type Located, relatedIn } from '../answers/mentions/index.ts';
import type { Mention, Owner } from '../answers/mentions/mention.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { Range } from '../protocol.ts';
import type { Session } from '../session.ts';

/** Every place of the workspace that names what stands at a position. */
export async function mentionedAt(
  session: Session,
  source: SourceDocument,
  position: Range['start'],
): Promise<readonly Located[]> {
  const found = mentionsAt(session.mentions.in(source), position);
  if (found.length === 0) return [];
  const documents = await session.mentions.documents();
  return found.flatMap((mention) => relatedIn(documents, { uri: source.uri, mention }));
}

/** The same in the document itself, which needs no other. */
export function mentionedHere(session: Session, source: SourceDocument, position: Range['start']): readonly Mention[] {
  const own = session.mentions.in(source);
  const related = mentionsAt(own, position).flatMap((mention) => relatedIn([own], { uri: source.uri, mention }));
  return related.map(({ mention }) => mention);
}

/** Where it is declared: of a declaration that names it more than once the first place. */
export function declarations(located: readonly Located[]): Location[] {
  const owners = new Set<Owner>();
  return located.flatMap(({ uri, mention: { role, range, owner } }) => {
    if (role !== 'definition' || (owner && owners.has(owner))) return [];
    if (owner) owners.add(owner);
    return [{ uri, range }];
  });
}

/** The policy that a configuration names at a position. */
export function policyPathAt(session: Session, source: SourceDocument, position: Range['start']): string | undefined {
  return pathAt(session.mentions.in(source), position)?.uri;
}

/** Each place once, in the order in which they come. */
export function distinct<T extends { readonly range: Range; readonly uri?: string }>(places: readonly T[]): T[] {
  const seen = new Set<string>();
  return places.filter(({ uri = '', range: { start, end } }) => {
    const id = `${uri} ${start.line}:${start.character}-${end.line}:${end.character}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}
