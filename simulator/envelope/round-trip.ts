import { decrypt } from './decrypt.ts';
import { checkContext } from './encrypt.ts';
import type { Inspection } from './inspect.ts';
import type { Keyring } from './keyring.ts';
import { kmsKeyring } from './keyrings/kms.ts';
import {
  type About,
  attackerOf,
  type ChangeId,
  findChange,
  possibleChanges,
  stoppedAt,
  TOO_LONG,
  tooLongText,
  wrongContext,
} from './round-trip/changes.ts';
import { fact } from './round-trip/facts.ts';
import {
  type AppliedChange,
  errorText,
  type Fact,
  type ReportedError,
  type RoundTripMessage,
  type RoundTripReport,
} from './round-trip/report.ts';
import {
  allowed,
  type Party,
  type RoundTripAuthorization,
  type RoundTripAuthorize,
  type RoundTripOperation,
  type RoundTripOptions,
  reportError,
  serviceFor,
} from './round-trip/run.ts';
import { directSteps, stepsOf } from './round-trip/steps.ts';
import { roundTrip, type Trip } from './round-trip/trip.ts';
import { DATA_KEY_BYTES } from './suites.ts';

export { type ChangeId, changes, possibleChanges } from './round-trip/changes.ts';
export type { AppliedChange, RoundTripReport } from './round-trip/report.ts';
export type { Party, RoundTripAuthorization, RoundTripAuthorize, RoundTripOptions } from './round-trip/run.ts';

/**
 * Encrypts and decrypts the payload under a simulated key and tells what happened, with one thing changed where that is
 * wanted. Every KMS call is put to `authorize`; a refusal ends the round trip. The same clock times and random bytes
 * give the same report, and memory does not go with the size of the payload.
 *
 * Rejects with an EnvelopeError where the encryption context or the frame length does not fit into a message, and with a
 * StepProblem where the payload does not allow the change.
 */
export async function runRoundTrip(options: RoundTripOptions): Promise<RoundTripReport> {
  checkContext(options.encryptionContext);
  const run = new Run(options);
  return options.change === 'too-long-for-encrypt' ? run.sendDirectly() : run.go();
}

/** The same with one thing changed, each of them in turn. */
export interface Demonstrations {
  readonly changes: readonly AppliedChange[];
  /** Said before them where they needed a permission that somebody does not have. */
  readonly note: string | undefined;
}

/** @param report of the round trip with nothing changed */
export async function demonstrate(options: RoundTripOptions, report: RoundTripReport): Promise<Demonstrations> {
  const refused = report.steps.find(({ error }) => error?.name === 'AccessDeniedException');
  const caller = refused?.id === 'generate-data-key' ? report.principal : report.decrypts;
  const asIfAllowed = options.asIfAllowed || refused !== undefined;
  const changes: AppliedChange[] = [];
  for (const change of possibleChanges(options.payload.length)) {
    const { change: applied } = await runRoundTrip({ ...options, change, asIfAllowed });
    if (applied) changes.push(applied);
  }
  const operation = refused?.id === 'generate-data-key' ? 'GenerateDataKey' : 'Decrypt';
  return {
    changes,
    note:
      refused &&
      `\`${caller}\` is not allowed \`kms:${operation}\`, so these run as if everybody but the attacker were`,
  };
}

class Run {
  private readonly options: RoundTripOptions;
  private readonly change: ChangeId | undefined;
  private readonly answers = new Map<RoundTripOperation, RoundTripAuthorization>();

  constructor(options: RoundTripOptions) {
    this.options = options;
    this.change = options.change;
  }

  async go(): Promise<RoundTripReport> {
    const { options, answers } = this;
    const { encrypts, encryptionContext, required = {}, payload, frameLength, environment } = options;
    const key = await options.key();
    const decrypts = this.change === 'attacker-without-key' ? attackerOf(key) : (options.decrypts ?? encrypts);
    const service = (party: Party) => this.serviceOf(key, party);
    const keyringOf = (party: Party): Keyring =>
      kmsKeyring({ service: service(party), keyArn: key.arn, caller: party.caller });
    const context = this.change === 'wrong-encryption-context' ? wrongContext(encryptionContext).wrong : undefined;
    const decrypting = keyringOf(decrypts);
    const trip = await roundTrip({
      encrypting: keyringOf(encrypts),
      decrypting: {
        ...decrypting,
        unwrap: async (keys, asWritten, bytes) => {
          if (this.change === 'key-disabled')
            await service(decrypts).call('DisableKey', { KeyId: key.arn }, decrypts.caller);
          return decrypting.unwrap(keys, context ?? asWritten, bytes);
        },
      },
      payload,
      encryptionContext,
      required,
      tampering: (this.change && findChange(this.change).tampering) ?? 'none',
      frameLength,
      random: environment.random,
      now: () => environment.clock.now(),
    });
    // What no message can hold is no event of the round trip.
    if (trip.stage === 'encryption' && trip.error !== undefined) throw trip.error;
    const error = trip.error === undefined ? undefined : reportError(trip.error);
    const guess = error && this.change === 'attacker-without-key' ? await this.guess(trip) : [];
    const steps = stepsOf({
      trip,
      error,
      summary: summaryOf(trip),
      encrypts,
      decrypts,
      context: context ?? encryptionContext,
      required,
      answers,
      more: { 'decrypt-data-key': guess },
    });
    const about = { trip, key, party: decrypts, encryptionContext, answer: answers.get('Decrypt') };
    return {
      ...this.head(key.arn, decrypts),
      payload: trip.payload ?? { bytes: payload.length },
      outcome: steps.every(({ outcome }) => outcome === 'ok') ? 'ok' : 'stopped',
      steps,
      message: summaryOf(trip),
      change: this.change && applied(this.change, about, error),
    };
  }

  /** Without a data key: KMS itself is to encrypt the payload. */
  async sendDirectly(): Promise<RoundTripReport> {
    const { encrypts, encryptionContext, environment } = this.options;
    const key = await this.options.key();
    const input = {
      KeyId: key.arn,
      Plaintext: environment.random.bytes(TOO_LONG),
      EncryptionContext: encryptionContext,
    };
    const error = await failureOf(() => this.serviceOf(key, encrypts).call('Encrypt', input, encrypts.caller));
    if (!error) throw new Error('KMS encrypted more than it takes');
    const about = { trip: undefined, key, party: encrypts, encryptionContext, answer: undefined };
    return {
      ...this.head(key.arn, encrypts),
      payload: { bytes: TOO_LONG },
      outcome: 'stopped',
      steps: directSteps(encrypts, tooLongText, error),
      message: undefined,
      change: applied('too-long-for-encrypt', about, error),
    };
  }

  private head(keyArn: string, decrypts: Party) {
    const { encrypts, encryptionContext, asIfAllowed = false } = this.options;
    return {
      keyArn,
      principal: encrypts.name,
      decrypts: decrypts.name,
      encryptionContext: { ...encryptionContext },
      asIfAllowed,
    };
  }

  private serviceOf(key: Awaited<ReturnType<RoundTripOptions['key']>>, party: Party) {
    return serviceFor(key, party, this.options.environment, async (...call) => {
      const [operation] = call;
      const answer = await this.answerTo(...call);
      this.answers.set(operation, answer);
      return answer;
    });
  }

  private async answerTo(...call: Parameters<RoundTripAuthorize>): Promise<RoundTripAuthorization> {
    const [operation] = call;
    const { asIfAllowed, authorize } = this.options;
    const isAttacker = this.change === 'attacker-without-key' && operation === 'Decrypt';
    const answer = asIfAllowed && !isAttacker ? allowed : await authorize(...call);
    return answer.allowed && this.change === 'decrypt-denied' && operation === 'Decrypt' ? TAKEN_AWAY : answer;
  }

  /** What comes of a data key that is none of the message's. */
  private async guess({ start }: Trip): Promise<Fact[]> {
    const dataKey = this.options.environment.random.bytes(DATA_KEY_BYTES);
    const none = (): never => {
      throw new Error('a guess encrypts nothing');
    };
    const keyring: Keyring = { generate: none, wrap: none, unwrap: async () => dataKey };
    const error = await failureOf(() => decrypt({ message: start, keyring }));
    if (!error) throw new Error('a guessed data key was the right one');
    return [fact('guessed a data key', errorText(error))];
  }
}

const TAKEN_AWAY: RoundTripAuthorization = {
  allowed: false,
  verdict: 'denied',
  because: 'the permission was taken away for this demonstration',
  ending: 'with an explicit deny in a resource-based policy',
};

function applied(id: ChangeId, about: About, error: ReportedError | undefined): AppliedChange {
  const change = findChange(id);
  const { title, lesson, stops } = change;
  const stage = about.trip?.stage ?? 'Encrypt';
  const asMeant = error && stage === stops.stage && (stops.error === undefined || stops.error === error.name);
  const place =
    error && (about.trip ? stoppedAt(about.trip, error) : 'KMS, in Encrypt: at the size of what it is sent');
  return {
    id,
    title,
    whatChanged: change.whatChanged(about),
    stoppedAt: place,
    error,
    why: asMeant ? change.why(about) : otherwise(about, error, stops),
    lesson,
  };
}

/** What is said where something else stops it, or nothing does. */
function otherwise(
  { answer }: About,
  error: ReportedError | undefined,
  { stage, error: name }: { readonly stage: string; readonly error?: string },
): string {
  if (!error) return `Nothing stops them: ${answer?.because ?? 'everything is allowed here'}.`;
  const refused = answer && !answer.allowed ? `: ${answer.because}` : '';
  const next = stage === 'frames' || stage === 'header' ? `the ${stage === 'frames' ? 'frame' : stage}` : stage;
  return `It stops before that, with ${error.name === 'EnvelopeError' ? 'an error of the message' : error.name}${refused}. Were it not for that, it would stop at ${next}${name && name !== 'EnvelopeError' ? ` with ${name}` : ''}.`;
}

function summaryOf({ message, payload, inspection, start, headerBytes, tampered }: Trip): RoundTripMessage | undefined {
  if (!message || !payload || !inspection) return undefined;
  return {
    ...message,
    headerBytes,
    bodyBytes: message.bytes - headerBytes,
    frames: inspection.body?.frames ?? 0,
    overheadBytes: message.bytes - payload.bytes,
    headerFields: inspection.fields,
    firstFrameFields: (inspection.body?.firstFrame ?? []).map(shortened),
    start: start.toString('hex'),
    tampered,
  };
}

type InspectedField = Inspection['fields'][number];

const shortened = (field: InspectedField): InspectedField => ({ ...field, hex: field.hex.slice(0, MOST_HEX) });

const MOST_HEX = 128;

async function failureOf(act: () => Promise<unknown>): Promise<ReportedError | undefined> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return reportError(error);
  }
}
