import type { PolicyDocument, Statement } from '../../simulator/policy/document.ts';
import type { DocumentKind } from '../documents/kinds.ts';
import type { SourceDocument } from '../documents/source.ts';
import type { DocumentFacts } from '../rules/rule.ts';

/** What clients ask code actions by: rewriting where the cursor is, or sorting all of the document. */
export type ActionKind = 'refactor.rewrite' | 'source.sort';

/** One way to rewrite a policy. Its id is its file's name. */
export interface Action {
  readonly id: string;
  readonly kind: ActionKind;
  /** The kinds of document it applies to. */
  readonly kinds: readonly DocumentKind[];
  /** What it would do at a place; none where it makes no sense. What brings a finding is left out by whoever asks. */
  offers(place: ActionPlace): readonly Offer[];
}

export interface Offer {
  readonly title: string;
  /** What comes of it, in a sentence. */
  readonly detail: string;
  /** The text of the policy afterwards. What is left to fill in is marked with `hole`. */
  readonly text: string;
  /** A document that is made beside it. */
  readonly file?: NewFile;
}

export interface NewFile {
  /** What its name begins with, before `.kms-grant.json`. */
  readonly name: string;
  readonly text: string;
}

/** Where something can be rewritten. */
export interface ActionPlace {
  /** The policy as a document of its own, also where it stands in a string. */
  readonly document: SourceDocument;
  readonly kind: DocumentKind;
  readonly policy: PolicyDocument;
  /** The statement at the cursor. */
  readonly statement: Statement | undefined;
  /** Whether the cursor is at `Statement`, or between the statements. */
  readonly isAtList: boolean;
  /** Whether somebody asked for such actions, and did not merely move the cursor. */
  readonly isAsked: boolean;
  readonly known: Known;
}

/** What is known of the key and its surroundings. */
export interface Known {
  readonly facts: DocumentFacts;
  /** The account that the document most likely speaks of; undefined where nobody knows it. */
  readonly account: string | undefined;
  /** The Region of the key. */
  readonly region: string;
  /** Whether the document says so, and not merely a setting. */
  readonly isRegionSeen: boolean;
  readonly partition: string;
  /** `o-…`; undefined where no open document names one. */
  readonly organization: string | undefined;
  /** Whether a new document can be made. */
  readonly canCreate: boolean;
}

/** How wide a line may get that the actions write. */
export const LINE = 120;
