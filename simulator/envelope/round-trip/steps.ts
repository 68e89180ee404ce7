import { openMessage } from '../decrypt.ts';
import { checkContext, startMessage, writeMessage } from '../encrypt.ts';
import { fingerprint } from '../fingerprint.ts';
import { DEFAULT_FRAME_LENGTH, readHeader } from '../format/header.ts';
import { type Inspection, inspect } from '../inspect.ts';
import { deriveKeys } from '../key-derivation.ts';
import type { GeneratedDataKey } from '../keyring.ts';
import { MESSAGE_ID_BYTES, SUITE_COMMITTING } from '../suites.ts';
import {
  callFacts,
  comparedFacts,
  dataKeyFacts,
  derivedFacts,
  encryptedFacts,
  messageFacts,
  openedFacts,
  returnedKeyFacts,
  storeFacts,
} from './facts.ts';
import type { Fact, ReportedError, RoundTripMessage, RoundTripStep, StepId } from './report.ts';
import { keyringFor, type RoundTripAuthorization, type RoundTripOperation, type Run, reportError } from './run.ts';

export interface Steps {
  readonly steps: readonly RoundTripStep[];
  /** The encrypted message; undefined where there was no data key. */
  readonly message: Uint8Array | undefined;
  readonly summary: RoundTripMessage | undefined;
  /** What was answered to the principal, for the calls that were made. */
  readonly answers: ReadonlyMap<RoundTripOperation, RoundTripAuthorization>;
}

/** The round trip itself, up to the call that is refused. */
export async function runSteps(run: Run): Promise<Steps> {
  const { options } = run;
  checkContext(options.encryptionContext);
  const answers = new Map<RoundTripOperation, RoundTripAuthorization>();
  const keyring = keyringFor(run, async (operation, context) => {
    const answer = await options.authorize(operation, context);
    answers.set(operation, answer);
    return answer;
  });
  const steps: RoundTripStep[] = [];

  const generated = await attempt(() => keyring.generate(options.encryptionContext));
  const asked = callFacts(run, 'GenerateDataKey', answers);
  if ('error' in generated) {
    steps.push(stopped('generate-data-key', asked, generated.error, answers.get('GenerateDataKey')));
    return { steps: withSkipped(steps), message: undefined, summary: undefined, answers };
  }
  const allowed = answers.get('GenerateDataKey')?.because;
  steps.push(done('generate-data-key', [...asked, ...dataKeyFacts(generated.value)], allowed));
  const dataKeyFingerprint = fingerprint(generated.value.plaintextDataKey);

  const encrypted = encryptSteps(run, generated.value, steps);

  const header = readHeader(encrypted.message);
  const { encryptedDataKeys, encryptionContext } = header.header;
  const unwrapped = await attempt(() => keyring.unwrap(encryptedDataKeys, encryptionContext));
  const askedBack = callFacts(run, 'Decrypt', answers);
  if ('error' in unwrapped) {
    steps.push(stopped('decrypt-data-key', askedBack, unwrapped.error, answers.get('Decrypt')));
    return { ...encrypted, steps: withSkipped(steps), answers };
  }
  const returned = returnedKeyFacts(unwrapped.value, dataKeyFingerprint);
  steps.push(done('decrypt-data-key', [...askedBack, ...returned], answers.get('Decrypt')?.because));

  const keys = deriveKeys(header.header.suite, unwrapped.value, header.header.messageId);
  unwrapped.value.fill(0);
  const started = options.environment.clock.now();
  const { plaintext, frames } = openMessage(header, encrypted.message, keys);
  const time = options.environment.clock.now() - started;
  steps.push(done('decrypt-locally', openedFacts(encrypted.message, plaintext, frames, time)));

  const equal = Buffer.compare(plaintext, options.payload) === 0;
  const compared = comparedFacts(options.payload, plaintext, equal);
  steps.push({ id: 'compare', title: TITLES.compare, outcome: equal ? 'ok' : 'stopped', facts: compared });
  return { ...encrypted, steps, answers };
}

function encryptSteps(run: Run, generated: GeneratedDataKey, steps: RoundTripStep[]) {
  const { payload, environment, encryptionContext, frameLength = DEFAULT_FRAME_LENGTH } = run.options;
  const { plaintextDataKey, encryptedDataKeys } = generated;
  const messageId = environment.random.bytes(MESSAGE_ID_BYTES);
  const keys = deriveKeys(SUITE_COMMITTING, plaintextDataKey, messageId);
  plaintextDataKey.fill(0);
  steps.push(done('derive-keys', derivedFacts(messageId, keys)));

  const start = environment.clock.now();
  const started = startMessage({ keys, messageId, encryptionContext, encryptedDataKeys, frameLength });
  const message = writeMessage(started, payload);
  const time = environment.clock.now() - start;
  const inspection = inspect(message);
  const summary = summarize(message, payload.length, inspection);
  steps.push(done('encrypt-locally', encryptedFacts(payload, summary, frameLength, time)));
  steps.push(done('message', messageFacts(summary)));
  steps.push(done('store', storeFacts(summary, encryptedDataKeys)));
  return { message, summary };
}

function summarize(message: Uint8Array, payloadBytes: number, { fields, body }: Inspection): RoundTripMessage {
  const bodyLength = body?.length ?? 0;
  return {
    bytes: message.length,
    fingerprint: fingerprint(message),
    headerBytes: message.length - bodyLength,
    bodyBytes: bodyLength,
    frames: body?.frames ?? 0,
    overheadBytes: message.length - payloadBytes,
    headerFields: fields,
    firstFrameFields: body?.firstFrame ?? [],
  };
}

async function attempt<Value>(
  act: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly error: ReportedError }> {
  try {
    return { value: await act() };
  } catch (error) {
    return { error: reportError(error) };
  }
}

function done(id: StepId, facts: readonly Fact[], because?: string): RoundTripStep {
  const step = { id, title: TITLES[id], outcome: 'ok' as const, facts };
  return because === undefined ? step : { ...step, because };
}

function stopped(
  id: StepId,
  facts: readonly Fact[],
  error: ReportedError,
  answer: RoundTripAuthorization | undefined,
): RoundTripStep {
  const because = answer && !answer.allowed ? answer.because : error.remedy;
  return { id, title: TITLES[id], outcome: 'stopped', facts, because, error };
}

function withSkipped(steps: readonly RoundTripStep[]): RoundTripStep[] {
  const because = `\`${steps.at(-1)?.title ?? ''}\` stopped`;
  const skipped = STEP_IDS.slice(steps.length).map((id) => {
    return { id, title: TITLES[id], outcome: 'skipped' as const, facts: [], because };
  });
  return [...steps, ...skipped];
}

const STEP_IDS: readonly StepId[] = [
  'generate-data-key',
  'derive-keys',
  'encrypt-locally',
  'message',
  'store',
  'decrypt-data-key',
  'decrypt-locally',
  'compare',
];

const TITLES: Readonly<Record<StepId, string>> = {
  'generate-data-key': 'Ask KMS for a data key',
  'derive-keys': 'Derive the encryption key and the key commitment',
  'encrypt-locally': 'Encrypt the payload locally',
  message: 'Put the message together',
  store: 'Store the message',
  'decrypt-data-key': 'Ask KMS to decrypt the data key',
  'decrypt-locally': 'Decrypt the payload locally',
  compare: 'Compare the payloads',
};
