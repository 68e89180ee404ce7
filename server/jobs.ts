import { nameOfUri } from './features/uris.ts';
import type { StepDoneJson } from './protocol.ts';
import { runRoundTripJob } from './round-trips/job.ts';
import { explainStepJob, runScenarioJob, type ScenarioJob, type ScenarioJobResult } from './scenarios/run-job.ts';
import { stepKinds } from './step-kinds.ts';
import { timelineJob } from './timelines/job.ts';

/** What runs off the server's own thread. Inputs and results cross to a worker, so they are plain data. */
export const jobs = {
  roundTrip: runRoundTripJob,

  runScenario: (job: ScenarioJob, onStep: (step: StepDoneJson) => void): Promise<ScenarioJobResult> =>
    runScenarioJob(job, stepKinds, onStep),

  timeline: (job: ScenarioJob) => timelineJob(job, stepKinds),

  explainStep: (job: ScenarioJob & { readonly step: number }) => explainStepJob(job, stepKinds, nameOfUri),
};

export type JobName = keyof typeof jobs;
