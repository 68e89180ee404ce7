import type { OperationDecision } from '../access/operation.ts';
import type { TrailEvent } from '../trail/event.ts';
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
  /** What CloudTrail recorded while it was taken. */
  readonly events?: readonly TrailEvent[];
  /** Of a call: what was answered. */
  readonly answer?: CallAnswer;
  /** Told where the play is attentive: the keys that it was about as it found them, and what it changed. */
  readonly keys?: readonly FoundKey[];
  readonly changes?: readonly WorldChange[];
}

export interface CallAnswer {
  readonly operation: string;
  /** As JSON has it, long bytes cut short and secret ones left out. */
  readonly response?: Readonly<Record<string, unknown>>;
  readonly error?: {
    readonly name: string;
    /** AWS's; empty where there is none. */
    readonly message: string;
    readonly remedy: string;
  };
  /** The name under which later steps find the response. */
  readonly saved?: string;
}

export interface FoundKey {
  /** The name that the file gives the key, or its id. */
  readonly name: string;
  readonly arn: string;
  /** `state` and whatever else may change, in words. */
  readonly facts: Readonly<Record<string, string>>;
}

/** One thing about a key that is otherwise than before. */
export interface WorldChange {
  /** The name that the file gives the key, or its id. */
  readonly key: string;
  readonly what: string;
  /** Left out: there was nothing. */
  readonly before?: string;
  readonly after?: string;
}

export interface StepResult extends StepRun {
  readonly step: StepOutline;
  readonly milliseconds: number;
}
