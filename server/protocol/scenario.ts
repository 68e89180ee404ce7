import type { StatementRefJson } from './decision.ts';
import type { Range } from './places.ts';

// Scenarios: their steps, a run, what it came to.

/** What came of a step of a scenario, as `kms-lens test --format json` has it. */
export interface StepJson {
  /** Its place among the steps, from 0. */
  readonly index: number;
  readonly name: string;
  readonly kind: 'can' | 'call' | 'wait' | 'envelope' | 'backend' | 'service' | 'load';
  /** `fail`: it went otherwise than expected; `error`: it could not be run; `info`: it expects nothing. */
  readonly outcome: 'pass' | 'fail' | 'error' | 'info';
  /** The step's `expect`, as written. */
  readonly expected?: unknown;
  /** The same of what happened. */
  readonly actual?: unknown;
  /** One sentence: why it came so. */
  readonly message: string;
  readonly milliseconds: number;
  /** The statement or grant that decided, where one did. */
  readonly deciding?: StatementRefJson;
}

/** A mistake in a scenario, for which nothing of the file was run. */
export interface ScenarioErrorJson {
  readonly message: string;
  /** RFC 6901; missing where the text is no JSON. */
  readonly pointer?: string;
  /** From 0, as in the Language Server Protocol. */
  readonly range: Range;
}

export interface ScenarioJson {
  readonly file: string;
  readonly description?: string;
  readonly steps: readonly StepJson[];
  readonly errors: readonly ScenarioErrorJson[];
}

export interface ScenarioParams {
  readonly uri: string;
}

/** What a scenario would run. */
export interface ScenarioTests {
  readonly uri: string;
  /** Of the text that this was read from; undefined where it is not open. */
  readonly version?: number;
  readonly description?: string;
  readonly steps: readonly ScenarioTest[];
  /** The names of what it declares. */
  readonly principals: readonly string[];
  readonly keys: readonly string[];
  readonly errors: readonly ScenarioErrorJson[];
}

export interface ScenarioTest {
  readonly index: number;
  readonly name: string;
  readonly range: Range;
  /** Whether it expects something. */
  readonly expects: boolean;
}

export interface RunScenarioParams {
  readonly uri: string;
  /** The steps that are wanted, by index. Left out: all. */
  readonly steps?: readonly number[];
  /** Given back in {@link StepDone}, so that runs can be told apart. Left out: no step is told of. */
  readonly run?: number;
}

export interface ScenarioRun {
  readonly uri: string;
  readonly steps: readonly StepDoneJson[];
  /** Mistakes in the file, for which nothing of it was run. */
  readonly errors: readonly ScenarioErrorJson[];
  readonly coverage: readonly DocumentCoverageJson[];
  /** `12 steps passed`. */
  readonly summary: string;
}

/** The result of a step with places for an editor. */
export interface StepDoneJson extends StepJson {
  readonly range: Range;
  /** Of a call. */
  readonly answer?: CallAnswerJson;
  /** Of an envelope round trip: what it did one after the other. */
  readonly parts?: readonly StepPartJson[];
  /** What decided. */
  readonly decidingAt?: { readonly uri: string; readonly range: Range };
}

export interface StepPartJson {
  readonly title: string;
  readonly outcome: 'ok' | 'stopped' | 'skipped';
  /** Sizes, fingerprints and whatever else is no secret. */
  readonly facts: readonly (readonly [what: string, value: string])[];
  /** Why it stopped. */
  readonly error?: CallFailureJson;
}

export interface CallFailureJson {
  readonly name: string;
  readonly message: string;
  readonly remedy: string;
}

export interface CallAnswerJson {
  readonly operation: string;
  /** Long bytes cut short and secret ones left out. */
  readonly response?: Readonly<Record<string, unknown>>;
  readonly error?: CallFailureJson;
  /** The name under which later steps find the response. */
  readonly saved?: string;
}

export interface StepDone {
  readonly run: number;
  readonly uri: string;
  readonly step: StepDoneJson;
}

/** How many steps each statement of a document applied to. */
export interface DocumentCoverageJson {
  readonly uri: string;
  readonly statements: readonly StatementCoverageJson[];
}

export interface StatementCoverageJson {
  readonly range: Range;
  /** `“Allow use of the key”`. */
  readonly name: string;
  readonly steps: number;
  /** Steps that looked at it, and it did not apply, or may not. */
  readonly considered: number;
}

export interface StepParams {
  readonly uri: string;
  /** The step, by index. */
  readonly step: number;
}

export interface StepExplanation {
  readonly summary: string;
  readonly report: string;
}

/** A scenario that uses a policy. */
export interface ScenarioUseJson {
  readonly uri: string;
  readonly steps: number;
}

/** A scenario that passes, made from a statement. */
export interface NewScenario {
  /** Where it would stand, beside the policy; no such file is there yet. */
  readonly uri: string;
  readonly text: string;
}
