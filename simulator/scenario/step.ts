import type { OperationDecision } from '../access/operation.ts';
import type { StepEntry, StepKindName } from './file.ts';
import type { StepOutline } from './outline.ts';
import type { Play } from './play.ts';

/** One kind of step: what it does. What it looks like is in `format/steps.ts`. */
export interface StepKind {
  readonly name: StepKindName;
  run(entry: StepEntry, play: Play): Promise<StepRun>;
}

/** The kinds that leave the world otherwise than it was, so that later steps need them. */
export const changingKinds: ReadonlySet<StepKindName | undefined> = new Set<StepKindName>(['call', 'wait']);

/** What came of a step. */
export interface StepRun {
  /** `fail`: it went otherwise than expected; `error`: it could not be run; `info`: it expects nothing. */
  readonly outcome: 'pass' | 'fail' | 'error' | 'info';
  /** In the words of `expect`, as JSON has it. */
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** Of a step that could not be run: why. */
  readonly problem?: string;
  /** Of a step that was taken: why it came out as it did, where no decision says it. */
  readonly reason?: string;
  /** Of an access check, and of a call that was not authorized. */
  readonly decision?: OperationDecision;
}

export interface StepResult extends StepRun {
  readonly step: StepOutline;
  readonly milliseconds: number;
}
