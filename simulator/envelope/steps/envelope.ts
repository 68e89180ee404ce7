import type { OperationDecision } from '../../access/operation.ts';
import { type KeyDescription, keyArn } from '../../access/request.ts';
import { KmsError, NotSimulatedError, UndecidedError } from '../../kms/errors.ts';
import { noticing } from '../../kms/steps/noticing.ts';
import { type Session, sessionOf } from '../../kms/steps/session.ts';
import { StepProblem } from '../../kms/steps/values.ts';
import { type EnvelopeEntry, isEnvelope, type StepEntry } from '../../scenario/file.ts';
import type { Play } from '../../scenario/play.ts';
import type { CallFailure, StepKind, StepRun } from '../../scenario/step.ts';
import { EnvelopeError } from '../errors.ts';
import type { Keyring } from '../keyring.ts';
import { kmsKeyring } from '../keyrings/kms.ts';
import { roundTrip, type Trip } from '../round-trip/trip.ts';
import { cameBack, partsOf, placeOf } from './parts.ts';
import { payloadOf } from './payload.ts';

/** An envelope round trip: its data key comes from the simulated service that calls go to. */
export const envelope: StepKind = {
  name: 'envelope',
  run: (entry, play) => noticing(play, () => run(entry, play)),
};

async function run(entry: StepEntry, play: Play): Promise<StepRun> {
  if (!isEnvelope(entry)) throw new TypeError('this is no envelope round trip');
  const { as = 'root', encryptionContext = {}, decrypt = {} } = entry;
  const session = sessionOf(play);
  const key = keyOf(entry.envelope, play);
  if (!key) return problem(`\`${entry.envelope}\` is not there any more when this step is taken`);
  const decisions: Decisions = {};
  const who = { encrypts: as, decrypts: decrypt.as ?? as };
  const keyringOf = (caller: string, call: keyof Decisions): Keyring =>
    keyringFor(session, { caller, keyArn: keyArn(key), region: key.region }, (decision) => {
      decisions[call] = decision;
    });
  try {
    const trip = await roundTrip({
      encrypting: keyringOf(who.encrypts, 'GenerateDataKey'),
      decrypting: keyringOf(who.decrypts, 'Decrypt'),
      payload: payloadOf(entry.payload, play.start.files),
      encryptionContext,
      required: decrypt.encryptionContext ?? {},
      tampering: decrypt.tamper ?? 'none',
      random: session.random,
      now: () => performance.now(),
    });
    const { error } = trip;
    if (error instanceof UndecidedError) return { outcome: 'error', decision: error.decision };
    if (error instanceof KmsError && error.decision && (trip.stage === 'GenerateDataKey' || trip.stage === 'Decrypt'))
      decisions[trip.stage] = error.decision;
    return judged(entry, trip, { keyArn: keyArn(key), who, required: decrypt.encryptionContext ?? {}, decisions });
  } catch (error) {
    if (error instanceof StepProblem || error instanceof NotSimulatedError) return problem(error.message);
    throw error;
  } finally {
    session.publish();
  }
}

/** KMS is asked for a key that is gone, too; not for one that only an alias led to which is gone. */
function keyOf(text: string, { world, start }: Play): KeyDescription | undefined {
  const now = world.keyOf(text);
  if (now) return now.description;
  const declared = start.keyOf(text)?.description;
  return declared && !world.keyOf(keyArn(declared)) ? declared : undefined;
}

const problem = (text: string): StepRun => ({ outcome: 'error', problem: text });

type Decisions = Partial<Record<'GenerateDataKey' | 'Decrypt', OperationDecision>>;

interface Caller {
  readonly caller: string;
  readonly keyArn: string;
  readonly region: string;
}

function keyringFor(
  { service, callerOf }: Session,
  { caller: name, keyArn, region }: Caller,
  onAllowed: (decision: OperationDecision) => void,
): Keyring {
  const { caller, mfa } = callerOf(name);
  const context = { region, onAllowed, ...(mfa === undefined ? {} : { mfa }) };
  return kmsKeyring({
    service: { call: (operation, input, as) => service.call(operation, input, as, context) },
    keyArn,
    caller,
  });
}

function judged({ expect }: EnvelopeEntry, trip: Trip, about: Parameters<typeof partsOf>[1]): StepRun {
  const failure = trip.error === undefined ? undefined : failureOf(trip.error);
  const decision = about.decisions.Decrypt ?? about.decisions.GenerateDataKey;
  const result = {
    actual: failure ? { error: failure.name } : 'ok',
    reason: failure ? stopReason(trip, failure) : cameBack(trip),
    ...(decision ? { decision } : {}),
    parts: partsOf(trip, about, failure),
  };
  if (expect === undefined) return { outcome: 'info', ...result };
  const fits = typeof expect === 'object' ? expect.error === failure?.name : failure === undefined;
  return { outcome: fits ? 'pass' : 'fail', expected: expect, ...result };
}

/** What is none of KMS, nor of the message, is passed on. */
function failureOf(error: unknown): CallFailure {
  if (error instanceof KmsError) return { name: error.name, message: error.message, remedy: error.remedy };
  if (error instanceof EnvelopeError) return { name: error.code, message: error.message, remedy: error.remedy };
  throw error;
}

function stopReason(trip: Trip, { message, remedy }: CallFailure): string {
  const words = [`it stops at ${placeOf(trip)}${message === '' ? '' : `: ${message.replace(/\.$/, '')}`}`, remedy];
  return words.filter((each) => each !== '').join('; ');
}
