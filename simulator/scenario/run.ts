import type { StepEntry } from './file.ts';
import type { StepOutline } from './outline.ts';
import type { StepKind, StepResult, StepRun } from './step.ts';
import type { ScenarioWorld } from './world.ts';

export interface RunOptions {
  /** The kinds of step that can be run; others say that they cannot be yet. */
  readonly kinds: readonly StepKind[];
  /** Which steps are of interest; others are run only where later steps need what they do. */
  readonly wanted?: (step: StepOutline) => boolean;
  readonly signal?: AbortSignal;
  /** In milliseconds; for how long steps take. */
  readonly clock: () => number;
}

/** Takes the steps one after another. A step that fails is told and the next one taken. */
export async function* runScenario(world: ScenarioWorld, options: RunOptions): AsyncGenerator<StepResult> {
  for (const step of world.outline.steps) {
    if (options.signal?.aborted) return;
    // Access checks leave the world as it is, so none needs another.
    if (options.wanted && !options.wanted(step)) continue;
    const entry = world.file.steps?.[step.index];
    const start = options.clock();
    const run = entry ? await take(step, entry, world, options.kinds) : missing;
    yield { ...run, step, milliseconds: options.clock() - start };
  }
}

async function take(
  step: StepOutline,
  entry: StepEntry,
  world: ScenarioWorld,
  kinds: readonly StepKind[],
): Promise<StepRun> {
  const kind = kinds.find(({ name }) => name === step.kind);
  if (!kind)
    return {
      outcome: 'error',
      problem: `steps of the kind \`${step.kind}\` cannot be taken yet: this version takes ${kinds.map(({ name }) => `\`${name}\``).join(', ')}`,
    };
  try {
    return await kind.run(entry, world);
  } catch (error) {
    return { outcome: 'error', problem: error instanceof Error ? error.message : String(error) };
  }
}

const missing: StepRun = { outcome: 'error', problem: 'the step is not there' };
