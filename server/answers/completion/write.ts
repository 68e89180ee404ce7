import type { Cursor } from '../../documents/cursor.ts';
import type { Span } from '../../documents/source.ts';
import type { Offer } from './offer.ts';
import { literal, resolved, type Snippet } from './snippet.ts';

/** An offer as a change of the text. */
export interface Written {
  readonly offer: Offer;
  /** What is replaced, the rest of a word behind the cursor included. */
  readonly span: Span;
  /** The rest of the word may stay, since it then stands inside the string. */
  readonly mayKeepRest: boolean;
  readonly text: Snippet;
  /** What the word in front of the cursor is compared with; left out where that is the label. */
  readonly filter?: string;
  /** A comma or colon that is missing further up. */
  readonly before?: { readonly at: number; readonly text: string };
}

/** Writes an offer so that what comes before and after it stays JSON. */
export function write(offer: Offer, cursor: Cursor, text: string): Written {
  const { token, before, after } = cursor;
  const { insert, label } = offer;
  const glued = before !== undefined && before.at === token.start;
  const content =
    insert.type === 'string' ? insert.text : insert.type === 'member' && cursor.nameOnly ? insert.name : undefined;
  if (token.inner && content !== undefined && after === '' && !glued) {
    const word = resolved(content);
    const filter = word === label ? {} : { filter: word };
    return { offer, span: token.inner, mayKeepRest: true, text: content, ...filter, ...(before ? { before } : {}) };
  }
  const lead = glued ? `${before.text} ` : token.type === 'none' && text.charAt(token.start - 1) === ':' ? ' ' : '';
  return {
    offer,
    span: { start: token.start, end: token.end },
    mayKeepRest: false,
    text: `${lead}${jsonOf(offer, cursor.nameOnly)}${literal(after)}`,
    // A quote in front of the cursor belongs to the word that is compared; one may be typed before the list is there.
    ...(token.type === 'string' || token.type === 'none' ? { filter: `"${label}"` } : {}),
    ...(before && !glued ? { before } : {}),
  };
}

function jsonOf({ insert }: Offer, nameOnly: boolean): Snippet {
  switch (insert.type) {
    case 'string':
      return `"${insert.text}"`;
    case 'json':
      return insert.text;
    case 'member':
      return nameOnly ? `"${insert.name}"` : `"${insert.name}": ${insert.value}`;
  }
}
