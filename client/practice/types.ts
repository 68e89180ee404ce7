import type { QuestionBank, ScenarioRun } from '../../server/protocol.ts';
import type { ProgressJson } from './progress.ts';

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

/** What came of the proof of a question. */
export interface ProofShown {
  readonly question: string;
  readonly run?: ScenarioRun;
  readonly problem?: string;
}
