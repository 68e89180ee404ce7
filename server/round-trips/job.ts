import { EnvelopeError } from '../../simulator/envelope/errors.ts';
import type { Payload } from '../../simulator/envelope/round-trip/trip.ts';
import {
  changes,
  type Demonstrations,
  demonstrate,
  possibleChanges,
  type RoundTripOptions,
  type RoundTripReport,
  runRoundTrip,
} from '../../simulator/envelope/round-trip.ts';
import { payloadOf, randomPayload } from '../../simulator/envelope/steps/payload.ts';
import { systemEnvironment } from '../../simulator/kms/environment.ts';
import { StepProblem } from '../../simulator/kms/steps/values.ts';
import type { JobResult } from '../job-result.ts';
import { type PolicyTrip, roundTripOfPolicy } from './of-policy.ts';
import { roundTripOfScenario, type ScenarioTrip } from './of-scenario.ts';

/** A round trip as plain data, since it runs off the server's own thread. */
export interface RoundTripJob {
  readonly of: PolicyTrip | ScenarioTrip;
  readonly encryptionContext: Readonly<Record<string, string>>;
  readonly payload: JobPayload;
  /** The id of what is changed, or `none`. */
  readonly change?: string | undefined;
  readonly asIfAllowed?: boolean | undefined;
  /** Whether each change is tried out, too, where that does not take too long. */
  readonly demonstrations: boolean;
}

export type JobPayload =
  | { readonly text: string }
  | { readonly bytes: Uint8Array }
  /** As a step of a scenario writes it: `hex:00ff`. */
  | { readonly written: string }
  /** In bytes. */
  | { readonly random: number };

export interface RoundTripJobResult {
  readonly report: RoundTripReport;
  readonly demonstrations: Demonstrations | undefined;
  /** What can be changed of such a payload. */
  readonly changes: readonly { readonly id: string; readonly title: string }[];
}

export async function runRoundTripJob(job: RoundTripJob): Promise<JobResult<RoundTripJobResult>> {
  const parts = job.of.kind === 'policy' ? await roundTripOfPolicy(job.of) : await roundTripOfScenario(job.of);
  if ('problem' in parts) return parts;
  const { encryptionContext, asIfAllowed } = job;
  const change = changes.find(({ id }) => id === job.change)?.id;
  if (job.change !== undefined && job.change !== NOTHING && change === undefined)
    return { problem: unknown(job.change) };
  const options: RoundTripOptions = {
    ...parts,
    encryptionContext,
    payload: payloadFor(job.payload),
    environment: systemEnvironment,
    asIfAllowed,
  };
  try {
    const report = await runRoundTrip({ ...options, change });
    const { length } = options.payload;
    const all = job.demonstrations && length <= MOST_FOR_ALL;
    const possible = possibleChanges(length);
    return {
      ok: {
        report,
        demonstrations: all ? await demonstrate(options, report) : undefined,
        changes: changes.filter(({ id }) => possible.includes(id)).map(({ id, title }) => ({ id, title })),
      },
    };
  } catch (error) {
    // An encryption context that no message can hold is the asker's to change.
    if (error instanceof EnvelopeError) return { problem: `${error.message}; ${error.remedy}` };
    if (error instanceof StepProblem) return { problem: error.message };
    throw error;
  }
}

/** The change that is none: said so where a step has one. */
const NOTHING = 'none';

const unknown = (change: string): string =>
  `\`${change}\` is nothing that can be changed: name one of ${changes.map(({ id }) => `\`${id}\``).join(', ')}`;

/** Each change is a round trip of its own, which nobody waits for with a large payload. In bytes. */
const MOST_FOR_ALL = 1024 * 1024;

function payloadFor(payload: JobPayload): Payload {
  if ('random' in payload) return randomPayload(payload.random);
  if ('bytes' in payload) return { length: payload.bytes.length, pieces: [payload.bytes] };
  return payloadOf('written' in payload ? payload.written : `text:${payload.text}`, new Map());
}
