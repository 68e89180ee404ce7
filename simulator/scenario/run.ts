import type { StepOutline } from './outline.ts';
import { Play } from './play.ts';
import { changingKinds, type StepKind, type StepResult, type StepRun } from './step.ts';
import type { ScenarioWorld } from './world.ts';

export interface RunOptions {
  /** Every kind of step. */
  readonly kinds: readonly StepKind[];
  /** Which steps are of interest; others are run only where later steps need what they do. */
  readonly wanted?: (step: StepOutline) => boolean;
  /** Hears of the play before its first step. */
  readonly onStart?: (play: Play) => void;
  /** Hears of every step that was taken, also of those that only prepare. */
  readonly onTaken?: (result: StepResult) => void;
  readonly signal?: AbortSignal;
  /** In milliseconds; for how long steps take. */
  readonly clock: () => number;
}

/** Takes the steps one after another. A step that fails is told and the next one taken. */
export async function* runScenario(world: ScenarioWorld, options: RunOptions): AsyncGenerator<StepResult> {
  const play = new Play(world);
  options.onStart?.(play);
  const { steps } = world.outline;
  const wanted = steps.map((step) => options.wanted?.(step) ?? true);
  const last = wanted.lastIndexOf(true);
  for (const [index, step] of steps.entries()) {
    if (options.signal?.aborted || last < index) return;
    const isWanted = wanted[index] === true;
    if (!isWanted && !changingKinds.has(step.kind)) continue;
    const start = options.clock();
    const run = await take(step, play, options.kinds);
    const result = { ...run, step, milliseconds: options.clock() - start };
    options.onTaken?.(result);
    if (isWanted) yield result;
  }
}

/** The world that a step finds: whatever changes it before is taken. */
export async function worldBefore(
  world: ScenarioWorld,
  index: number,
  kinds: readonly StepKind[],
): Promise<ScenarioWorld> {
  return (await playBefore(world, index, kinds)).world;
}

/** A step with the world that it finds, and everything that it changes. */
export async function takeAttentively(
  world: ScenarioWorld,
  index: number,
  kinds: readonly StepKind[],
): Promise<{ readonly run: StepRun; readonly found: ScenarioWorld }> {
  const play = await playBefore(world, index, kinds);
  const found = play.world;
  const step = world.outline.steps[index];
  play.attentive = true;
  return { run: step ? await take(step, play, kinds) : missing, found };
}

/** A scenario as a step finds it. */
export async function playBefore(world: ScenarioWorld, index: number, kinds: readonly StepKind[]): Promise<Play> {
  const play = new Play(world);
  for (const step of world.outline.steps.slice(0, index))
    if (changingKinds.has(step.kind)) await take(step, play, kinds);
  return play;
}

/** The first step that changes the world; those after it do not find it as the file declares it. */
export function firstChange(world: ScenarioWorld): number {
  const index = world.outline.steps.findIndex(({ kind }) => changingKinds.has(kind));
  return index < 0 ? Number.POSITIVE_INFINITY : index;
}

async function take(step: StepOutline, play: Play, kinds: readonly StepKind[]): Promise<StepRun> {
  const entry = play.start.file.steps?.[step.index];
  if (!entry) return missing;
  const kind = kinds.find(({ name }) => name === step.kind);
  if (!kind) throw new TypeError(`nothing takes steps of the kind ${step.kind}`);
  try {
    return await kind.run(entry, play);
  } catch (error) {
    return { outcome: 'error', problem: error instanceof Error ? error.message : String(error) };
  }
}

const missing: StepRun = { outcome: 'error', problem: 'the step is not there' };
