import type { TopicLink } from './reading.ts';

// Practice questions.

/** The practice questions with what belongs to them. */
export interface QuestionBank {
  /** In the order in which they are learnt. */
  readonly sections: readonly SectionJson[];
  /** By section, then by level. */
  readonly questions: readonly QuestionJson[];
}

/** A part of what an exam asks about. */
export interface SectionJson {
  readonly section: number;
  readonly title: string;
}

/** A question of a practice exam. Texts are Markdown. */
export interface QuestionJson {
  readonly id: string;
  /** A few words that do not give the answer away. */
  readonly title: string;
  readonly section: number;
  readonly level: 'easy' | 'medium' | 'hard';
  readonly question: string;
  /** How many options are right. */
  readonly choose: number;
  /** They may be shuffled. */
  readonly options: readonly { readonly text: string; readonly right: boolean; readonly reason: string }[];
  readonly topics: readonly TopicLink[];
  /** Where the answer that exam material gives no longer holds. */
  readonly outdated?: { readonly printed: string; readonly today: string };
  readonly proof: ProofJson;
}

/** A scenario that shows something. */
export interface ProofJson {
  /** Of an example that comes with the server; a request may name it like any scenario. */
  readonly uri: string;
  /** The names of the steps that show the point. */
  readonly steps: readonly string[];
}

export interface ExampleText {
  readonly text: string;
  /** It names files beside it, so that it cannot stand alone. */
  readonly needsFiles: boolean;
}
