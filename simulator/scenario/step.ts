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
export const changingKinds: ReadonlySet<StepKindName | undefined> = new Set<StepKindName>([
  'call',
  'wait',
  'envelope',
  'backend',
  'service',
]);

/** The kinds that call KMS themselves. */
export const callingKinds: ReadonlySet<StepKindName | undefined> = new Set<StepKindName>([
  'call',
  'envelope',
  'service',
]);

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
  /** Of an access check, of a call, and of a step that makes several calls that of the one which came last. */
  readonly decision?: OperationDecision;
  /** What CloudTrail recorded while it was taken. */
  readonly events?: readonly TrailEvent[];
  /** Of a call: what was answered. */
  readonly answer?: CallAnswer;
  /** Of an envelope round trip, and of what a service does: one thing after the other. */
  readonly parts?: readonly StepPart[];
  /** Told where the play is attentive: the keys that it was about as it found them, and what it changed. */
  readonly keys?: readonly FoundKey[];
  readonly changes?: readonly WorldChange[];
}

/** One part of a step that does several things. */
export interface StepPart {
  /** `GenerateDataKey`, `frames`. */
  readonly title: string;
  readonly outcome: 'ok' | 'stopped' | 'skipped';
  /** What there is to know about it: sizes and fingerprints, never what is secret. */
  readonly facts: readonly (readonly [what: string, value: string])[];
  readonly error?: CallFailure;
  /** Of a call: who lets it through. */
  readonly decision?: OperationDecision;
}

export interface CallFailure {
  readonly name: string;
  /** AWS's where it comes from KMS; empty where there is none. */
  readonly message: string;
  readonly remedy: string;
}

export interface CallAnswer {
  readonly operation: string;
  /** As JSON has it, long bytes cut short and secret ones left out. */
  readonly response?: Readonly<Record<string, unknown>>;
  readonly error?: CallFailure;
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
