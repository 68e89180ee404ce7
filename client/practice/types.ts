import type { QuestionBank, ScenarioRun } from '../../server/protocol.ts';

/** Where practice begins; empty: where it was left. */
export interface PracticeStart {
  readonly question?: string;
  readonly topic?: string;
  readonly section?: string;
}

export interface PracticeView extends QuestionBank {
  readonly title: string;
  readonly start: PracticeStart;
  readonly progress: ProgressJson;
}

/** What came of a proof, or why it could not be run. */
export interface ProofResult {
  readonly run?: ScenarioRun;
  readonly problem?: string;
}

/** What came of the proof of a question. */
export interface ProofShown extends ProofResult {
  readonly question: string;
}

/** How often a person answered a question, and how it went. */
export interface Answered {
  readonly right: number;
  readonly missed: number;
  /** How it went the last time. */
  readonly last: 'right' | 'missed';
}

/** By the id of the question. */
export type ProgressJson = Readonly<Record<string, Answered>>;
