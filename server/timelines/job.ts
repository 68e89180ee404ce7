import { recordScenario } from '../../simulator/kms/steps/recording.ts';
import type { StepKind } from '../../simulator/scenario/step.ts';
import type { JobResult } from '../job-result.ts';
import { openJob, type ScenarioJob } from '../scenarios/run-job.ts';
import { type Timeline, timelineOf } from './lanes.ts';

/** Plays a scenario for the times at which things happen. */
export async function timelineJob(job: ScenarioJob, kinds: readonly StepKind[]): Promise<JobResult<Timeline>> {
  const { document, world, errors } = await openJob(job);
  if (!world || !document.scenario)
    return { problem: errors[0] ? `the scenario has a mistake: ${errors[0].message}` : 'the scenario cannot be read' };
  const timeline = timelineOf(await recordScenario(world, kinds), document.scenario);
  if (timeline.lanes.length > 0) return { ok: timeline };
  return {
    problem:
      'the scenario has no key, and calls nothing: declare one in `keys`, or add a step such as `{ "call": "CreateKey" }`',
  };
}
