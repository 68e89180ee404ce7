import {
  callFacts,
  comparedFacts,
  dataKeyFacts,
  derivedFacts,
  encryptedFacts,
  fact,
  framesText,
  headerFacts,
  measured,
  messageFacts,
  openedFacts,
  returnedKeyFacts,
  SENT,
  storeFacts,
} from './facts.ts';
import {
  errorText,
  type Fact,
  type ReportedError,
  type RoundTripMessage,
  type RoundTripStep,
  type StepId,
  type StepPlace,
} from './report.ts';
import { byteCount, type Party, type RoundTripAuthorization, type RoundTripOperation } from './run.ts';
import type { Stage, Trip } from './trip.ts';

/** A trip with all there is to say about it. */
export interface Told {
  readonly trip: Trip;
  readonly error: ReportedError | undefined;
  readonly summary: RoundTripMessage | undefined;
  readonly encrypts: Party;
  readonly decrypts: Party;
  /** What Decrypt is called with. */
  readonly context: Readonly<Record<string, string>>;
  readonly required: Readonly<Record<string, string>>;
  /** What was answered to the parties, for the calls that were made. */
  readonly answers: ReadonlyMap<RoundTripOperation, RoundTripAuthorization>;
  /** What else there is to say of a step. */
  readonly more?: Readonly<Partial<Record<StepId, readonly Fact[]>>>;
}

/** What a round trip did, one after the other, up to where it stopped. */
export function stepsOf(told: Told): RoundTripStep[] {
  const { trip, error, answers, summary } = told;
  const order = told.error && trip.stage === 'header' && !trip.askedBack ? CHECKED_FIRST : STEPS;
  const stop = error ? order.findIndex(({ stage }) => stage === trip.stage) : order.length;
  return order.map((step, index): RoundTripStep => {
    const { id, title, place } = step;
    const facts = [...(index <= stop ? step.facts(told, summary, index < stop) : []), ...(told.more?.[id] ?? [])];
    const operation = OPERATIONS[id];
    const answer = operation && answers.get(operation);
    if (stop < index) {
      const because = `\`${order[stop]?.title ?? ''}\` stopped`;
      return { id, title, place, outcome: 'skipped', headline: '', facts, because };
    }
    if (index === stop && error) {
      const because = answer && !answer.allowed ? answer.because : error.remedy;
      return { id, title, place, outcome: 'stopped', headline: errorText(error), facts, because, error };
    }
    const done = { id, title, place, outcome: 'ok' as const, headline: step.headline(told, summary), facts };
    return answer ? { ...done, because: answer.because } : done;
  });
}

/** The steps of a payload that is sent to Encrypt itself. */
export function directSteps(party: Party, payload: string, error: ReportedError): RoundTripStep[] {
  const title = 'Send the payload to KMS';
  const sent: RoundTripStep = {
    id: 'encrypt-directly',
    title,
    place: 'kms',
    outcome: 'stopped',
    headline: errorText(error),
    facts: [fact('call', '`kms:Encrypt`'), fact('called by', party.name), fact('sent', payload)],
    because: error.remedy,
    error,
  };
  const because = `\`${title}\` stopped`;
  const skipped = STEPS.filter(({ id }) => DIRECT.includes(id)).map(
    ({ id, title: name, place }): RoundTripStep => ({
      id,
      title: name,
      place,
      outcome: 'skipped',
      headline: '',
      facts: [],
      because,
    }),
  );
  return [sent, ...skipped];
}

/** What would be left to do without a data key. */
const DIRECT: readonly StepId[] = ['store', 'compare'];

const OPERATIONS: Readonly<Partial<Record<StepId, RoundTripOperation>>> = {
  'generate-data-key': 'GenerateDataKey',
  'decrypt-data-key': 'Decrypt',
};

interface Step {
  readonly id: StepId;
  readonly title: string;
  readonly place: StepPlace;
  /** Where the trip is when it stops in this step. */
  readonly stage: Stage | undefined;
  headline(told: Told, summary: RoundTripMessage | undefined): string;
  /** @param done whether it went through */
  facts(told: Told, summary: RoundTripMessage | undefined, done: boolean): readonly Fact[];
}

const STEPS: readonly Step[] = [
  {
    id: 'generate-data-key',
    title: 'Ask KMS for a data key',
    place: 'kms',
    stage: 'GenerateDataKey',
    headline: ({ trip }) => `a new data key of ${trip.dataKey ? measured(trip.dataKey) : ''}`,
    facts: ({ trip, encrypts, answers, context }, _, done) => [
      ...callFacts(
        'GenerateDataKey',
        encrypts.name,
        trip.header?.encryptionContext ?? context,
        answers.get('GenerateDataKey'),
      ),
      ...(done ? dataKeyFacts(trip) : []),
    ],
  },
  {
    id: 'derive-keys',
    title: 'Derive the encryption key and the key commitment',
    place: 'program',
    stage: undefined,
    headline: () => 'HKDF makes an encryption key for this message alone, and a commitment to the data key',
    facts: ({ trip }) => derivedFacts(trip),
  },
  {
    id: 'encrypt-locally',
    title: 'Encrypt the payload locally',
    place: 'program',
    stage: 'encryption',
    headline: ({ trip }, summary) =>
      `${byteCount(trip.payload?.bytes ?? 0)} in ${frames(summary)}, in ${trip.encryptionTime.toFixed(2)} ms`,
    facts: ({ trip }, summary) => (summary ? encryptedFacts(trip, summary) : []),
  },
  {
    id: 'message',
    title: 'Put the message together',
    place: 'program',
    stage: undefined,
    headline: (_, summary) =>
      summary
        ? `a header of ${byteCount(summary.headerBytes)}, then the frames: ${byteCount(summary.bytes)} in all`
        : '',
    facts: (_, summary) => (summary ? messageFacts(summary) : []),
  },
  {
    id: 'store',
    title: 'Store the message',
    place: 'storage',
    stage: undefined,
    headline: ({ trip: { tampered } }) =>
      tampered
        ? `one bit of it is flipped there, in the ${tampered.what}`
        : 'the encrypted data key lies beside what it opens; the data key itself is gone',
    facts: ({ trip }, summary) => (summary ? storeFacts(trip, summary) : []),
  },
  {
    id: 'decrypt-data-key',
    title: 'Ask KMS to decrypt the data key',
    place: 'kms',
    stage: 'Decrypt',
    headline: ({ trip: { dataKey, returnedDataKey } }) =>
      `${returnedDataKey?.fingerprint === dataKey?.fingerprint ? 'the same' : 'another'} data key, fingerprint ${returnedDataKey?.fingerprint}`,
    facts: ({ trip, decrypts, context, answers }, _, done) => [
      ...callFacts('Decrypt', decrypts.name, context, answers.get('Decrypt')),
      SENT,
      ...(done ? returnedKeyFacts(trip) : []),
    ],
  },
  {
    id: 'check-header',
    title: 'Check the header',
    place: 'program',
    stage: 'header',
    headline: () => 'the key commitment and the tag of the header match',
    facts: ({ required }, _, done) => (done ? headerFacts(required) : []),
  },
  {
    id: 'decrypt-locally',
    title: 'Decrypt the payload locally',
    place: 'program',
    stage: 'frames',
    headline: ({ trip }, summary) =>
      `${frames(summary)}, each authentic before it is given out, in ${trip.decryptionTime.toFixed(2)} ms`,
    facts: ({ trip }, summary, done) => (summary && done ? openedFacts(trip, summary) : []),
  },
  {
    id: 'compare',
    title: 'Compare the payloads',
    place: 'program',
    stage: undefined,
    headline: ({ trip: { returned } }) =>
      `what came back is what went in, byte for byte: fingerprint ${returned?.fingerprint}`,
    facts: ({ trip: { payload, returned } }) =>
      payload && returned ? comparedFacts(payload, returned, payload.fingerprint === returned.fingerprint) : [],
  },
];

/** Pairs that must be there are looked for before KMS is asked. */
const CHECKED_FIRST: readonly Step[] = STEPS.map((step) => {
  if (step.id === 'decrypt-data-key') return stepNamed('check-header');
  return step.id === 'check-header' ? stepNamed('decrypt-data-key') : step;
});

function stepNamed(id: StepId): Step {
  const found = STEPS.find((step) => step.id === id);
  if (!found) throw new Error(`there is no step ${id}`);
  return found;
}

const frames = (summary: RoundTripMessage | undefined): string => framesText(summary?.frames ?? 0);
