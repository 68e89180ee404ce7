import { denialMessage } from '../simulator/access/message.ts';
import { keyArn } from '../simulator/access/request.ts';
import { EnvelopeError } from '../simulator/envelope/errors.ts';
import { inspectFile } from '../simulator/envelope/inspect.ts';
import { type RoundTripAuthorization, type RoundTripReport, runRoundTrip } from '../simulator/envelope/round-trip.ts';
import { systemEnvironment } from '../simulator/kms/environment.ts';
import { type Answer, ask, isAnswer, type Question } from './answers/ask.ts';
import { type ConfiguredWorld, worldOfConfig } from './answers/configured.ts';
import { describeFields, describeInspection, isNoMessage, summarizeInspection } from './answers/inspection.ts';
import { because } from './answers/words.ts';
import type { ListedPrincipal, Listing } from './config/config.ts';
import type { ConfigPlace, WrittenPath } from './config/file.ts';
import { SourceDocument, type SourceDocumentInit } from './documents/source.ts';
import { nameOfUri } from './features/uris.ts';
import { openPieces } from './node/file-pieces.ts';
import type { StepDoneJson } from './protocol.ts';
import { explainStepJob, runScenarioJob, type ScenarioJob, type ScenarioJobResult } from './scenarios/run-job.ts';
import { stepKinds } from './step-kinds.ts';

/** What runs off the server's own thread. Inputs and results cross to a worker, so they are plain data. */
export interface RoundTripJob {
  readonly keyPolicy: SourceDocumentInit;
  readonly defaults: Question['defaults'];
  readonly keyAccount?: string;
  readonly principal: string;
  readonly encryptionContext: Readonly<Record<string, string>>;
  readonly payload: string;
  readonly configuration: JobConfiguration;
}

/** What is configured for the principal, with every document that is named. */
export interface JobConfiguration {
  readonly principal?: Placed<Omit<ListedPrincipal, 'file'>>;
  readonly organization?: Placed<{ readonly path: WrittenPath }>;
  readonly documents: readonly SourceDocumentInit[];
}

/** Something that a `.kms-lens.json` says, with the text of that file. */
export type Placed<T> = T & { readonly file: Omit<ConfigPlace, 'document'> & { readonly text: string } };

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

export type JobResult<T> = { readonly ok: T } | { readonly problem: string };

export const jobs = {
  async roundTrip(job: RoundTripJob): Promise<JobResult<RoundTripReport>> {
    const keyPolicy = new SourceDocument(job.keyPolicy);
    const { principal, keyAccount, defaults } = job;
    const configured = await worldOf(job.configuration, principal);
    const question = (action: string, encryptionContext: Readonly<Record<string, string>>): Question => ({
      request: { principal, action, encryptionContext, ...(keyAccount ? { keyAccount } : {}) },
      keyPolicy,
      identityPolicies: undefined,
      ...configured,
      defaults,
      now: Date.now(),
    });
    const first = ask(question('GenerateDataKey', job.encryptionContext));
    if (!isAnswer(first)) return { problem: first.problem };
    const { key } = first.request;
    if (!key) return { problem: 'the key of the policy is not known' };
    try {
      const report = await runRoundTrip({
        keyArn: keyArn({ ...key, id: key.id ?? SIMULATED_KEY_ID }),
        principal,
        encryptionContext: job.encryptionContext,
        payload: new TextEncoder().encode(job.payload),
        environment: systemEnvironment,
        async authorize(operation, encryptionContext) {
          const answer = ask(question(operation, encryptionContext));
          if (!isAnswer(answer)) return { allowed: false, verdict: 'denied', because: answer.problem };
          return authorizationOf(answer);
        },
      });
      return { ok: report };
    } catch (error) {
      // An encryption context that no message can hold is the asker's to change.
      if (error instanceof EnvelopeError) return { problem: `${error.message}; ${error.remedy}` };
      throw error;
    }
  },

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

  explainStep: (job: ScenarioJob & { readonly step: number }) => explainStepJob(job, stepKinds, nameOfUri),
};

export type JobName = keyof typeof jobs;

async function worldOf(
  { principal: listed, organization, documents }: JobConfiguration,
  principal: string,
): Promise<ConfiguredWorld['question']> {
  const config: Listing = {
    principal: () => listed && { ...listed, file: placeOf(listed.file) },
    organization: organization && { ...organization, file: placeOf(organization.file) },
  };
  const byUri = new Map(documents.map((each) => [each.uri, new SourceDocument(each)]));
  const { question } = await worldOfConfig(config, principal, async (uri) => byUri.get(uri));
  return question;
}

function placeOf({ text, ...place }: Placed<unknown>['file']): ConfigPlace {
  return { ...place, document: new SourceDocument({ uri: place.uri, text, languageId: 'jsonc' }) };
}

/** The id that simulated keys carry where the policy names no key. */
const SIMULATED_KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** What hangs on an identity policy nobody gave goes through, so that there is something to see, and the reason says so. */
function authorizationOf({ decision, request }: Answer): RoundTripAuthorization {
  const { verdict } = decision;
  const reason = because(decision, request);
  if (verdict === 'depends') return { allowed: true, verdict, because: `${reason}; here it is taken as allowed` };
  // A message that is not recorded from KMS has no place in a run that is to show what KMS says.
  const message = denialMessage(decision, request);
  const ending = message?.assumed.length === 0 ? message.ending : undefined;
  return { allowed: verdict === 'allowed', verdict, because: reason, ...(ending ? { ending } : {}) };
}
