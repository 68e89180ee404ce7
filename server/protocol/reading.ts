import type { SimulateParams } from './simulate.ts';

// Topics and tables to read.

export interface TopicLink {
  readonly id: string;
  readonly title: string;
}

/** What there is to read. */
export interface ReadingOutline {
  readonly sections: readonly {
    readonly section: number;
    readonly title: string;
    readonly topics: readonly TopicOutline[];
  }[];
  readonly comparisons: readonly {
    readonly id: string;
    readonly title: string;
    readonly summary: string;
    /** To be searched. */
    readonly columns: readonly string[];
  }[];
}

export interface TopicOutline extends TopicLink {
  /** The tip as an exam puts it: Markdown. */
  readonly exam: string;
  /** The rest of its text, to be searched. */
  readonly rest: string;
}

/** A page, by the id of its topic or of its table. */
export interface ReadingPlace {
  readonly topic?: string;
  readonly comparison?: string;
}

export type ReadingPage = TopicPage | ComparisonPage;

/** Texts are Markdown. */
export interface TopicPage extends TopicLink {
  readonly kind: 'topic';
  /** The title of its section. */
  readonly section: string;
  readonly exam: string;
  readonly trap?: string;
  readonly today?: string;
  readonly sources: readonly { readonly title: string; readonly url: string; readonly date: string }[];
  readonly questions: readonly TopicLink[];
  readonly comparisons: readonly TopicLink[];
  readonly proofs: readonly ProofLink[];
  /** Questions about the examples, whose decision shows what the topic says. */
  readonly decisions: readonly DecisionLink[];
  /** Its neighbours in the section. */
  readonly previous?: TopicLink;
  readonly next?: TopicLink;
}

export interface ProofLink {
  /** Of an example that comes with the server. */
  readonly uri: string;
  readonly title: string;
}

export interface DecisionLink {
  readonly title: string;
  readonly asked: SimulateParams;
}

/** A table of what AWS KMS does today. */
export interface ComparisonPage extends TopicLink {
  readonly kind: 'comparison';
  readonly summary: string;
  /** The first names what the rows are. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComparisonCell[])[];
  /** The topics about it, with what exam material says and what holds today, both Markdown. */
  readonly topics: readonly ComparedTopic[];
  /** The other tables. */
  readonly comparisons: readonly TopicLink[];
}

export interface ComparedTopic extends TopicLink {
  readonly exam: string;
  readonly today?: string;
  /** When AWS was last read about it: `2026-11`. */
  readonly date: string;
}

export interface ComparisonCell {
  readonly text: string;
  /** What goes, what does not, what goes in part. */
  readonly mark?: 'yes' | 'no' | 'partly';
  readonly note?: string;
}
