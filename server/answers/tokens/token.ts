import type { Place } from '../../../simulator/json/place.ts';
import { findExpressions } from '../../../simulator/policy/syntax/placeholder.ts';
import type { SourceDocument, Span } from '../../documents/source.ts';

/** The kinds of words that are coloured, by the names that editors have for them. */
export type TokenType =
  | 'namespace'
  | 'class'
  | 'method'
  | 'property'
  | 'variable'
  | 'parameter'
  | 'number'
  | 'keyword'
  | 'operator'
  | 'regexp'
  | 'interface';

export type TokenModifier = 'declaration' | 'defaultLibrary';

export interface Token extends Span {
  readonly type: TokenType;
  readonly modifiers: readonly TokenModifier[];
}

/** A part of a text by its decoded characters. */
export interface Painted extends Span {
  readonly type: TokenType;
  readonly modifiers?: readonly TokenModifier[];
}

export interface Special {
  /** Whether `*` and `?` stand for other characters. */
  readonly wildcards?: boolean;
  /** Whether `${…}` is filled in by AWS. */
  readonly variables?: boolean;
}

/** Collects the tokens of a document. */
export class TokenWriter {
  readonly source: SourceDocument;
  private readonly tokens: Token[] = [];

  constructor(source: SourceDocument) {
    this.source = source;
  }

  /** Parts of the text at a place; variables and wildcards stand out from them. */
  add(text: string, place: Place, parts: readonly Painted[], special: Special = {}): void {
    const specials = specialsIn(text, special);
    for (const part of parts) for (const rest of without(part, specials)) this.token(place, rest);
    for (const each of specials) if (each.type) this.token(place, { ...each, type: each.type });
  }

  whole(text: string, place: Place, type: TokenType, modifiers: readonly TokenModifier[] = []): void {
    this.add(text, place, [{ start: 0, end: text.length, type, modifiers }]);
  }

  /** In the order of the text, none inside another. */
  finish(): readonly Token[] {
    const sorted = this.tokens.sort((a, b) => a.start - b.start || a.end - b.end);
    let end = 0;
    return sorted.filter((token) => {
      if (token.start < end) return false;
      end = token.end;
      return true;
    });
  }

  private token(place: Place, { start, end, type, modifiers = [] }: Painted): void {
    if (end <= start) return;
    const base = place.span?.start ?? 0;
    const span = this.source.spanOf({ ...place, span: { start: base + start, end: base + end } });
    if (span.start < span.end) this.tokens.push({ ...span, type, modifiers });
  }
}

/** What stands for something else; without a type what other tools fill in, which is left as it is. */
function specialsIn(
  text: string,
  { wildcards = false, variables = false }: Special,
): readonly (Span & { readonly type: TokenType | undefined })[] {
  const found: (Span & { readonly type: TokenType | undefined })[] = [];
  for (const { kind, start, end } of findExpressions(text))
    if (kind === 'placeholder' || variables)
      found.push({ start, end, type: kind === 'variable' ? 'variable' : undefined });
  if (!wildcards) return found;
  const expressions = [...found];
  let next = 0;
  for (const { index, 0: run } of text.matchAll(/[*?]+/g)) {
    while ((expressions[next]?.end ?? Number.POSITIVE_INFINITY) <= index) next++;
    const inside = (expressions[next]?.start ?? Number.POSITIVE_INFINITY) <= index;
    if (!inside) found.push({ start: index, end: index + run.length, type: 'regexp' });
  }
  return found.sort((a, b) => a.start - b.start);
}

function without(part: Painted, holes: readonly Span[]): readonly Painted[] {
  const rest: Painted[] = [];
  let { start } = part;
  for (const hole of holes) {
    if (hole.end <= start || part.end <= hole.start) continue;
    if (start < hole.start) rest.push({ ...part, start, end: hole.start });
    start = hole.end;
  }
  if (start < part.end) rest.push({ ...part, start });
  return rest;
}
