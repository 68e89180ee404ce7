import { keyArn } from '../simulator/access/request.ts';
import { type RoundTripReport, runRoundTrip } from '../simulator/envelope/round-trip.ts';
import { systemEnvironment } from '../simulator/kms/environment.ts';
import { ask, isAnswer, type Question } from './answers/ask.ts';
import { because } from './answers/words.ts';
import { SourceDocument, type SourceDocumentInit } from './documents/source.ts';

/** What runs off the server's own thread. Inputs and results cross to a worker, so they are plain data. */
export interface RoundTripJob {
  readonly keyPolicy: SourceDocumentInit;
  readonly defaults: Question['defaults'];
  readonly keyAccount?: string;
  readonly principal: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
  readonly payload: string;
}

export type JobResult<T> = { readonly ok: T } | { readonly problem: string };

export const jobs = {
  async roundTrip(job: RoundTripJob): Promise<JobResult<RoundTripReport>> {
    const keyPolicy = new SourceDocument(job.keyPolicy);
    const question = (
      action: string,
      principal: string,
      encryptionContext: Readonly<Record<string, string>>,
    ): Question => ({
      request: { principal, action, encryptionContext, ...(job.keyAccount ? { keyAccount: job.keyAccount } : {}) },
      keyPolicy,
      identityPolicies: undefined,
      defaults: job.defaults,
      now: Date.now(),
    });
    const first = ask(question('GenerateDataKey', job.principal, job.encryptionContext));
    if (!isAnswer(first)) return { problem: first.problem };
    const { key } = first.request;
    if (!key) return { problem: 'the key of the policy is not known' };
    const report = await runRoundTrip({
      keyArn: keyArn({ ...key, id: key.id ?? SIMULATED_KEY_ID }),
      principal: job.principal,
      encryptionContext: job.encryptionContext,
      payload: new TextEncoder().encode(job.payload),
      environment: systemEnvironment,
      async authorize(operation, principal, encryptionContext) {
        const answer = ask(question(operation, principal, encryptionContext));
        if (!isAnswer(answer)) return { allowed: false, verdict: 'denied', because: answer.problem };
        const { verdict } = answer.decision;
        // What hangs on an identity policy nobody gave goes through here, and the reason says so.
        return { allowed: verdict !== 'denied', verdict, because: because(answer.decision, answer.request) };
      },
    });
    return { ok: report };
  },
};

export type JobName = keyof typeof jobs;

/** The id that simulated keys carry where the policy names no key. */
const SIMULATED_KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';
