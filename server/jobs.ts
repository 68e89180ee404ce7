import { inspectFile } from '../simulator/envelope/inspect.ts';
import { describeFields, describeInspection, isNoMessage, summarizeInspection } from './answers/inspection.ts';
import { nameOfUri } from './features/uris.ts';
import type { JobResult } from './job-result.ts';
import { openPieces } from './node/file-pieces.ts';
import type { StepDoneJson } from './protocol.ts';
import { runRoundTripJob } from './round-trips/job.ts';
import { explainStepJob, runScenarioJob, type ScenarioJob, type ScenarioJobResult } from './scenarios/run-job.ts';
import { stepKinds } from './step-kinds.ts';
import { timelineJob } from './timelines/job.ts';

/** What runs off the server's own thread. Inputs and results cross to a worker, so they are plain data. */
/** Looks into a message of any size: a stored file, or what was sent along. */
export interface InspectionJob {
  readonly uri: string;
  /** In base64; the stored file where it is left out. */
  readonly content?: string;
}

export interface InspectionText {
  readonly summary: string;
  readonly text: string;
  /** Why it is not a complete message. */
  readonly problem?: string;
}

export const jobs = {
  roundTrip: runRoundTripJob,

  async inspectMessage({ uri, content }: InspectionJob): Promise<JobResult<InspectionText>> {
    const name = nameOfUri(uri);
    const pieces = content === undefined ? await openPieces(uri) : [Buffer.from(content, 'base64')];
    if (!pieces) return { problem: `\`${name}\` cannot be read: it is no file on this machine` };
    const file = await inspectFile(pieces);
    const { problem } = file.inspection;
    if (problem && isNoMessage(file))
      return { problem: `\`${name}\` is no message of the AWS Encryption SDK: ${problem.message}` };
    const lines = [...describeInspection(name, file), ...describeFields(file)];
    return {
      ok: {
        summary: summarizeInspection(name, file),
        text: `${lines.join('\n')}\n`,
        ...(problem ? { problem: problem.message } : {}),
      },
    };
  },

  runScenario: (job: ScenarioJob, onStep: (step: StepDoneJson) => void): Promise<ScenarioJobResult> =>
    runScenarioJob(job, stepKinds, onStep),

  timeline: (job: ScenarioJob) => timelineJob(job, stepKinds),

  explainStep: (job: ScenarioJob & { readonly step: number }) => explainStepJob(job, stepKinds, nameOfUri),
};

export type JobName = keyof typeof jobs;
