import type { OperationDecision } from '../../access/operation.ts';
import { type KeyDescription, keyArn } from '../../access/request.ts';
import { KmsError, NotSimulatedError, UndecidedError } from '../../kms/errors.ts';
import { noticing } from '../../kms/steps/noticing.ts';
import { type Session, sessionOf } from '../../kms/steps/session.ts';
import { StepProblem } from '../../kms/steps/values.ts';
import { MOST_YEARS, pass } from '../../kms/steps/wait.ts';
import { parseDuration } from '../../scenario/duration.ts';
import {
  type EnvelopeEntry,
  type ExpectedTrip,
  isEnvelope,
  type StepEntry,
  type TripCall,
  tripCalls,
} from '../../scenario/file.ts';
import { MOST_RANDOM } from '../../scenario/payload.ts';
import type { Play } from '../../scenario/play.ts';
import type { CallFailure, StepKind, StepRun } from '../../scenario/step.ts';
import { EnvelopeError } from '../errors.ts';
import type { Keyring } from '../keyring.ts';
import { kmsKeyring } from '../keyrings/kms.ts';
import { roundTrip, type Trip, type TripOptions } from '../round-trip/trip.ts';
import { type CallCounts, type Campaign, callsInWords, campaignPart, KeptCache, messageCount } from './caching.ts';
import { cameBack, partsOf, placeOf, type TripSubject } from './parts.ts';
import { payloadOf } from './payload.ts';

/** An envelope round trip: its data key comes from the simulated service that calls go to. */
export const envelope: StepKind = {
  name: 'envelope',
  run: (entry, play) => noticing(play, () => run(entry, play)),
};

async function run(entry: StepEntry, play: Play): Promise<StepRun> {
  if (!isEnvelope(entry)) throw new TypeError('this is no envelope round trip');
  const { as = 'root', decrypt = {}, caching, messages = 1, every } = entry;
  const session = sessionOf(play);
  const key = keyOf(entry.envelope, play);
  if (!key) return problem(`\`${entry.envelope}\` is not there any more when this step is taken`);
  const about: Subject = {
    keyArn: keyArn(key),
    region: key.region,
    who: { encrypts: as, decrypts: decrypt.as ?? as },
    required: decrypt.encryptionContext ?? {},
    decisions: {},
    calls: { GenerateDataKey: 0, Decrypt: 0 },
  };
  const caches = caching && {
    encrypting: new KeptCache(caching, session.clock),
    decrypting: new KeptCache(caching, session.clock),
  };
  const interval = every === undefined ? 0 : (parseDuration(every) ?? 0);
  try {
    const { trips, first, last } = await tripsOf(entry, play, about, { messages, interval, caches });
    const { error } = last;
    if (error instanceof UndecidedError) return { outcome: 'error', decision: error.decision };
    if (error instanceof KmsError && error.decision && (last.stage === 'GenerateDataKey' || last.stage === 'Decrypt'))
      about.decisions[last.stage] = error.decision;
    const isCampaign = messages > 1 || caching !== undefined;
    const campaign = { messages: trips, calls: about.calls, caching, interval, region: key.region };
    return judged(entry, error === undefined ? first : last, about, isCampaign ? campaign : undefined);
  } catch (error) {
    if (error instanceof StepProblem || error instanceof NotSimulatedError) return problem(error.message);
    throw error;
  } finally {
    caches?.encrypting.clear();
    caches?.decrypting.clear();
    session.publish();
  }
}

interface Subject extends TripSubject {
  readonly region: string;
  readonly decisions: Decisions;
  /** Counted while it goes on. */
  readonly calls: CallCounts;
}

interface Turns {
  readonly messages: number;
  readonly interval: number;
  readonly caches: TripOptions['caches'];
}

/** One message after the other, up to the first that stops. */
async function tripsOf(
  { payload: text, encryptionContext = {}, decrypt = {} }: EnvelopeEntry,
  play: Play,
  about: Subject,
  { messages, interval, caches }: Turns,
): Promise<{ readonly trips: number; readonly first: Trip; readonly last: Trip }> {
  const session = sessionOf(play);
  const take = (): Promise<Trip> => {
    const payload = payloadOf(text, play.start.files);
    if (payload.length * messages > MOST_RANDOM)
      throw new StepProblem('all messages of a step together have 1 GiB at most: take fewer, or a shorter payload');
    return roundTrip({
      encrypting: keyringFor(session, about, 'GenerateDataKey'),
      decrypting: keyringFor(session, about, 'Decrypt'),
      payload,
      encryptionContext,
      required: about.required,
      tampering: decrypt.tamper ?? 'none',
      random: session.random,
      now: () => performance.now(),
      caches,
    });
  };
  const wait = (): void => {
    if (!pass(session, play, interval))
      throw new StepProblem(
        `a scenario lasts ${MOST_YEARS} years at most: take fewer messages, or write less as \`every\``,
      );
  };
  const first = await take();
  let last = first;
  let trips = 1;
  for (; last.error === undefined && trips < messages; trips++) {
    wait();
    last = await take();
    if (last.error === undefined) cameBack(last);
  }
  if (last.error === undefined) wait();
  return { trips, first, last };
}

/** KMS is asked for a key that is gone, too; not for one that only an alias led to which is gone. */
function keyOf(text: string, { world, start }: Play): KeyDescription | undefined {
  const now = world.keyOf(text);
  if (now) return now.description;
  const declared = start.keyOf(text)?.description;
  return declared && !world.keyOf(keyArn(declared)) ? declared : undefined;
}

const problem = (text: string): StepRun => ({ outcome: 'error', problem: text });

type Decisions = Partial<Record<TripCall, OperationDecision>>;

function keyringFor({ service, callerOf }: Session, about: Subject, call: TripCall): Keyring {
  const { keyArn, region, who, calls, decisions } = about;
  const { caller, mfa } = callerOf(call === 'Decrypt' ? who.decrypts : who.encrypts);
  const onAllowed = (decision: OperationDecision): void => {
    decisions[call] = decision;
  };
  const context = { region, onAllowed, ...(mfa === undefined ? {} : { mfa }) };
  return kmsKeyring({
    service: {
      call: (operation, input, as) => {
        calls[call]++;
        return service.call(operation, input, as, context);
      },
    },
    keyArn,
    caller,
  });
}

function judged({ expect }: EnvelopeEntry, trip: Trip, about: Subject, campaign: Campaign | undefined): StepRun {
  const failure = trip.error === undefined ? undefined : failureOf(trip.error);
  const decision = about.decisions.Decrypt ?? about.decisions.GenerateDataKey;
  const wanted = typeof expect === 'object' ? expect : {};
  const calls = wanted.calls && countsOf(wanted.calls, about.calls);
  const actual = { ...(failure ? { error: failure.name } : {}), ...(calls ? { calls } : {}) };
  const result = {
    actual: failure || calls ? actual : 'ok',
    reason: failure ? stopReason(trip, failure, campaign) : cameBackAll(trip, campaign),
    ...(decision ? { decision } : {}),
    parts: [...partsOf(trip, about, failure), ...(campaign ? [campaignPart(campaign)] : [])],
  };
  if (expect === undefined) return { outcome: 'info', ...result };
  const fits = wanted.error === failure?.name && tripCalls.every((each) => wanted.calls?.[each] === calls?.[each]);
  return { outcome: fits ? 'pass' : 'fail', expected: expect, ...result };
}

/** Those that are asked for. */
function countsOf(wanted: NonNullable<ExpectedTrip['calls']>, calls: CallCounts): Partial<CallCounts> {
  return Object.fromEntries(tripCalls.flatMap((each) => (wanted[each] === undefined ? [] : [[each, calls[each]]])));
}

function cameBackAll(trip: Trip, campaign: Campaign | undefined): string {
  const one = cameBack(trip);
  return campaign ? `${messageCount(campaign.messages)} came back as they were, with ${callsInWords(campaign)}` : one;
}

/** What is none of KMS, nor of the message, is passed on. */
function failureOf(error: unknown): CallFailure {
  if (error instanceof KmsError) return { name: error.name, message: error.message, remedy: error.remedy };
  if (error instanceof EnvelopeError) return { name: error.code, message: error.message, remedy: error.remedy };
  throw error;
}

function stopReason(trip: Trip, { message, remedy }: CallFailure, campaign: Campaign | undefined): string {
  const which = campaign && campaign.messages > 1 ? `message ${campaign.messages.toLocaleString('en-US')}` : 'it';
  const words = [
    `${which} stops at ${placeOf(trip)}${message === '' ? '' : `: ${message.replace(/\.$/, '')}`}`,
    remedy,
  ];
  return words.filter((each) => each !== '').join('; ');
}
