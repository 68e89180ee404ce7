/**
 * A practice question. Each is one Markdown file in `questions/`, named by its id: front matter, then sections.
 *
 * ```md
 * ---
 * title: A file of 10 MB
 * section: 6
 * level: easy
 * items: Q1, QP1
 * topics: envelope-encryption, envelope-steps
 * choose: 1
 * proof: examples/exam/q1-large-file.kms-scenario.json
 * step: the name of a step that shows it
 * ---
 * ## Question
 * ## Options
 * - [ ] a wrong option
 *   Why it is wrong.
 * - [x] the right one
 *   Why it is right.
 * ## Printed
 * ## Today
 * ```
 *
 * `items` may be left out, and there may be several lines `step`. `Printed` and `Today` stand there where the answer that
 * exam material gives no longer holds. Options have no letters, and no text counts on their order: they may be shuffled.
 */
export interface Question {
  readonly id: string;
  /** A few words that do not give the answer away. */
  readonly title: string;
  readonly section: Section;
  readonly level: Level;
  /** The items of the inventory that it covers: the questions `Q1` to `Q10` and their traps `QP1` to `QP10`; empty where it is one more. */
  readonly items: readonly string[];
  /** Ids of the topics that explain it, the closest first. */
  readonly topics: readonly string[];
  /** How many options are right. */
  readonly choose: number;
  /** The scenario that shows it, as a path from the root of the project. */
  readonly proof: string;
  /** The names of the steps in it that show the point, as they stand there; at least one. */
  readonly steps: readonly string[];
  /** Markdown, as everything below. */
  readonly question: string;
  /** Four, or five. */
  readonly options: readonly Option[];
  /** Where the answer of exam material no longer holds. */
  readonly outdated?: Outdated;
}

export interface Option {
  readonly text: string;
  readonly right: boolean;
  /** Why it is right, or wrong. */
  readonly reason: string;
}

export interface Outdated {
  /** The answer that was given. */
  readonly printed: string;
  /** What holds, and since when. */
  readonly today: string;
}

export type Section = 1 | 2 | 3 | 4 | 5 | 6;
export type Level = 'easy' | 'medium' | 'hard';

export interface SectionTitle {
  readonly section: Section;
  readonly title: string;
}
