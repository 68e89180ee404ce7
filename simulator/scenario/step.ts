import type { OperationDecision } from '../access/operation.ts';
import type { StepEntry, StepKindName } from './file.ts';
import type { StepOutline } from './outline.ts';
import type { ScenarioWorld } from './world.ts';

/** One kind of step: what it does. What it looks like is in `format/steps.ts`. */
export interface StepKind {
  readonly name: StepKindName;
  run(entry: StepEntry, world: ScenarioWorld): Promise<StepRun>;
}

/** What came of a step. */
export interface StepRun {
  /** `fail`: it went otherwise than expected; `error`: it could not be run; `info`: it expects nothing. */
  readonly outcome: 'pass' | 'fail' | 'error' | 'info';
  /** In the words of `expect`, as JSON has it. */
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** Of a step that could not be run: why. */
  readonly problem?: string;
  /** Of an access check. */
  readonly decision?: OperationDecision;
}

export interface StepResult extends StepRun {
  readonly step: StepOutline;
  readonly milliseconds: number;
}
