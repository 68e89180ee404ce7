import { jsonText, type Snippet } from './snippet.ts';

/** One thing that can be written at the cursor. */
export interface Offer {
  readonly label: string;
  readonly kind: OfferKind;
  readonly insert: Insert;
  /** A few words beside the label. */
  readonly note?: string;
  /** What its documentation is about. */
  readonly about?: About;
  /** What is written has a place to fill in for which there are offers again. */
  readonly again?: boolean;
}

export type OfferKind = 'element' | 'value' | 'action' | 'operator' | 'condition-key' | 'principal' | 'file' | 'whole';

export type Insert =
  /** What a string says, quotes left out. */
  | { readonly type: 'string'; readonly text: Snippet }
  | { readonly type: 'member'; readonly name: Snippet; readonly value: Snippet }
  /** Any value, a string with its quotes. */
  | { readonly type: 'json'; readonly text: Snippet };

/** A fact to read up when the offer is looked at; plain JSON, since the client hands it back. */
export interface About {
  readonly type:
    | 'element'
    | 'action'
    | 'operator'
    | 'condition-key'
    | 'value'
    | 'principal-type'
    | 'service-principal'
    | 'context-key'
    | 'grant-member'
    | 'grant-constraint'
    | 'grant-operation'
    | 'snippet'
    | 'scenario-member'
    | 'scenario-value'
    | 'parameter';
  readonly name: string;
  /**
   * Of a value the condition key that it is compared with, of a snippet the kind of document, of a value of a scenario
   * what it means, of a parameter the operation.
   */
  readonly of?: string;
  /** Of a parameter: whether of the request or of the response. */
  readonly part?: 'request' | 'response';
}

type More = Pick<Offer, 'note' | 'about' | 'again'>;

export function stringOffer(text: string, kind: OfferKind, more: More = {}): Offer {
  return { label: text, kind, insert: { type: 'string', text: jsonText(text) }, ...more };
}

export function memberOffer(name: string, value: Snippet, kind: OfferKind, more: More = {}): Offer {
  return { label: name, kind, insert: { type: 'member', name: jsonText(name), value }, ...more };
}

/** The first offer of each label, in their order. */
export function once<Each extends Offer>(offers: readonly Each[]): readonly Each[] {
  const labels = new Set<string>();
  return offers.filter(({ label }) => !labels.has(label) && labels.add(label));
}
